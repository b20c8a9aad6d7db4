package io.deltatrace.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltatrace.DeltaTraceDatabase;
import io.deltatrace.RandomRequests;
import io.deltatrace.document.JsonLimits;
import io.deltatrace.query.Request;
import io.deltatrace.result.Result;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class RoundTripTests {

    private final Json json = new Json(JsonLimits.DEFAULT);

    @Property(tries = 2_000)
    void request_isReadAsItWasWritten(@ForAll long seed) {
        Request request = new RandomRequests(seed).request();

        Request fromText = json.readRequest(json.toJson(request));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        json.write(request, bytes);
        Request fromBytes = json.readRequest(new ByteArrayInputStream(bytes.toByteArray()));

        assertThat(fromText).isEqualTo(request).isEqualTo(fromBytes);
        // Equality of actors leaves out when they were seen; the text does not.
        assertThat(json.toJson(fromText)).isEqualTo(json.toJson(request));
    }

    @Property(tries = 500)
    void result_isReadAsItWasWritten(@ForAll long seed) {
        RandomRequests requests = new RandomRequests(seed);
        try (DeltaTraceDatabase database = DeltaTraceDatabase.inMemory()) {
            for (int i = 0; i < 10; i++) {
                Result result = database.execute(requests.request());

                Result read = json.readResult(json.toJson(result));

                assertThat(read).isEqualTo(result);
                assertThat(json.toJson(read)).isEqualTo(json.toJson(result));
            }
        }
    }
}
