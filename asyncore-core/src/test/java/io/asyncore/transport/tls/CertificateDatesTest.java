package io.asyncore.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.asyncore.tls.Identity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A certificate of the tests at several times. */
class CertificateDatesTest {

    private final X509Certificate certificate =
            (X509Certificate) Identity.localhost().certificate();
    private final Instant begin = certificate.getNotBefore().toInstant();
    private final Instant end = certificate.getNotAfter().toInstant();

    private List<String> at(Instant now) {
        return CertificateDates.problems(List.of(certificate), now);
    }

    @Test
    void whileThereIsTimeNothingIsSaid() {
        assertThat(at(begin)).isEmpty();
        assertThat(at(end.minus(Duration.ofDays(7)))).isEmpty();
        assertThat(CertificateDates.problems(List.of(), end)).isEmpty();
    }

    @Test
    void lessThanAWeek() {
        assertThat(at(end.minus(Duration.ofHours(51))))
                .containsExactly(
                        "the certificate of CN=localhost expires at " + end + ", in 2 days and 3 hours: renew it");
        assertThat(at(end)).singleElement().asString().contains("in 0 days and 0 hours");
    }

    @Test
    void oneThatLivesForADayIsRenewedWithinItsLastThird() {
        X509Certificate brief = (X509Certificate) Identity.forADay().certificate();
        Instant over = brief.getNotAfter().toInstant();
        assertThat(CertificateDates.problems(List.of(brief), over.minus(Duration.ofHours(8))))
                .isEmpty();
        assertThat(CertificateDates.problems(List.of(brief), over.minus(Duration.ofHours(7))))
                .containsExactly(
                        "the certificate of CN=brief.example expires at " + over + ", in 0 days and 7 hours: renew it");
    }

    @Test
    void over() {
        assertThat(at(end.plusSeconds(1)))
                .containsExactly(
                        "the certificate of CN=localhost has expired at " + end + ": clients refuse it; renew it");
    }

    @Test
    void notYet() {
        assertThat(at(begin.minusSeconds(1)))
                .singleElement()
                .asString()
                .startsWith("the certificate of CN=localhost is not valid before " + begin);
    }

    @Test
    void whoHasSignedItCountsToo() {
        assertThat(CertificateDates.problems(List.of(certificate, certificate), end.plusSeconds(1)))
                .hasSize(2);
    }
}
