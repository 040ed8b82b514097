package io.asyncore.transport.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the time of certificates is now, and for how long yet. The one place that asks what day it is: certificates count in no
 * other time. Any thread.
 */
public final class CertificateDates {

    /** Who is told earlier than this has time to renew it. */
    private static final Duration LONGEST_NOTICE = Duration.ofDays(7);

    private CertificateDates() {}

    /**
     * What a server's log should warn of: one sentence for each certificate that has expired, is not valid yet, or expires within
     * a week, or within the last third of its time if that is less, with its subject and its date.
     *
     * @param chain a certificate and those of who signed it
     */
    public static List<String> problems(Collection<X509Certificate> chain) {
        return problems(chain, Instant.now());
    }

    static List<String> problems(Collection<X509Certificate> chain, Instant now) {
        List<String> problems = new ArrayList<>();
        for (X509Certificate certificate : chain) {
            String problem = problem(certificate, now);
            if (problem != null) {
                problems.add("the certificate of "
                        + certificate.getSubjectX500Principal().getName() + problem);
            }
        }
        return problems;
    }

    private static @Nullable String problem(X509Certificate certificate, Instant now) {
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isAfter(end)) {
            return " has expired at " + end + ": clients refuse it; renew it";
        }
        if (now.isBefore(begin)) {
            return " is not valid before " + begin
                    + ": clients refuse it until then; is it the right one, and the clock" + " of this machine right?";
        }
        Duration left = Duration.between(now, end);
        return left.compareTo(notice(Duration.between(begin, end))) < 0
                ? " expires at " + end + ", in " + left.toDays() + " days and " + left.toHoursPart()
                        + " hours: renew it"
                : null;
    }

    /** Certificates that live for hours or days are renewed when two thirds of that are over. */
    private static Duration notice(Duration lifetime) {
        Duration third = lifetime.dividedBy(3);
        return third.compareTo(LONGEST_NOTICE) < 0 ? third : LONGEST_NOTICE;
    }
}
