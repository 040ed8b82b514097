package io.asyncore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * The names that programs outside this project are compiled against, and a small conversation with them: {@code Contract}
 * compiles, and what it says is what it has to say.
 */
class ContractTest {

    /** By reflection, because the program is in the unnamed package, as a program outside may be. */
    @Test
    @Timeout(60)
    @ResourceLock(Resources.SYSTEM_OUT)
    void theContractHolds() throws Exception {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Class.forName("Contract").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(out);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8).lines()).contains("contract holds");
    }
}
