package io.deltatrace.spring.web;

import io.deltatrace.document.JsonLimits;
import io.deltatrace.json.Json;
import io.deltatrace.query.Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Sends requests to a real server over real HTTP, as one user or as nobody. */
final class Client {

    private static final Json JSON = new Json(JsonLimits.DEFAULT);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final String base;
    private final String user;

    private Client(String base, String user) {
        this.base = base;
        this.user = user;
    }

    static Client of(int port, String path) {
        return new Client("http://127.0.0.1:" + port + path, null);
    }

    Client as(String name) {
        return new Client(base, name);
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
        if (user != null) {
            request.header(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString((user + ":secret").getBytes(StandardCharsets.US_ASCII)));
        }
        return headers.length == 0 ? request : request.headers(headers);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return http.send(request.build(), handler);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(request(path, headers).GET());
    }

    HttpResponse<String> put(String path, String body) throws IOException, InterruptedException {
        return send(request(path).PUT(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> query(Request query, String... headers) throws IOException, InterruptedException {
        return post(JSON.toJson(query), headers);
    }

    HttpResponse<String> post(String json, String... headers) throws IOException, InterruptedException {
        return post(BodyPublishers.ofString(json), headers);
    }

    HttpResponse<String> post(BodyPublisher json, String... headers) throws IOException, InterruptedException {
        return send(request("/query", headers)
                .header("Content-Type", "application/json")
                .POST(json));
    }
}
