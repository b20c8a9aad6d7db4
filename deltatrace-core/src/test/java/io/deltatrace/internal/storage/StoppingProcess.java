package io.deltatrace.internal.storage;

import io.deltatrace.storage.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A process that does a fixed piece of work, and stops for good in the middle of the n-th thing that it does to its disk. It prints
 * {@code "+ "} and a number before it adds a row, {@code "= "} and the number after that, and at last one of the two words below.
 */
final class StoppingProcess {

    /** What is printed when it waits to be killed. */
    static final String STOPPED = "stopped";

    /** What is printed when it has come to the end of its work. */
    static final String DONE = "done";

    static final int ROWS = 20;
    static final int RETAINED = 6;

    private StoppingProcess() {}

    /** Takes a directory, a durability, and the operation to stop at, from 1. */
    public static void main(String[] arguments) {
        Disk disk = new StoppingDisk(Integer.parseInt(arguments[2]));
        try (Opened database =
                new Opened(disk, Path.of(arguments[0]), Opened.options(Durability.valueOf(arguments[1]), true))) {
            for (long id = 1; id <= ROWS; id++) {
                System.out.println("+ " + id);
                database.execute(id % 3 == 0 ? Opened.addAll(id, -id) : Opened.add(id));
                System.out.println("= " + id);
                if (id == ROWS / 2) {
                    database.log().saveSnapshot();
                } else if (id == ROWS - 2) {
                    database.log().retain(id - RETAINED, null);
                }
            }
        }
        System.out.println(DONE);
    }

    /** What happens at the chosen operation happens in part, and then nothing at all. */
    private static final class StoppingDisk implements Disk {

        private final Disk target = new LocalDisk();
        private final int last;
        private int operations;

        StoppingDisk(int last) {
            this.last = last;
        }

        private interface Action {
            void run() throws IOException;
        }

        private synchronized void perform(Action action, Action part) throws IOException {
            if (++operations < last) {
                action.run();
                return;
            }
            part.run();
            System.out.println(STOPPED);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        private void perform(Action action) throws IOException {
            perform(action, () -> {});
        }

        @Override
        public Output append(Path file) throws IOException {
            perform(() -> {});
            Output output = target.append(file);
            return new Output() {
                @Override
                public void write(byte[] bytes) throws IOException {
                    perform(() -> output.write(bytes), () -> output.write(Arrays.copyOf(bytes, bytes.length / 2)));
                }

                @Override
                public void force() throws IOException {
                    perform(output::force);
                }

                @Override
                public void close() throws IOException {
                    output.close();
                }
            };
        }

        @Override
        public Input read(Path file) throws IOException {
            return target.read(file);
        }

        @Override
        public void truncate(Path file, long length) throws IOException {
            perform(() -> target.truncate(file, length));
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            perform(() -> target.rename(from, to));
        }

        @Override
        public void delete(Path file) throws IOException {
            perform(() -> target.delete(file));
        }

        @Override
        public void createDirectories(Path directory) throws IOException {
            perform(() -> target.createDirectories(directory));
        }

        @Override
        public void forceDirectory(Path directory) throws IOException {
            perform(() -> target.forceDirectory(directory));
        }

        @Override
        public List<String> list(Path directory) throws IOException {
            return target.list(directory);
        }
    }
}
