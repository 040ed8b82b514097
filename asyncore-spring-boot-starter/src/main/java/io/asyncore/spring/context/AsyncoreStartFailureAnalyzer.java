package io.asyncore.spring.context;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows an {@link AsyncoreStartException} the way Boot shows its own start failures. */
final class AsyncoreStartFailureAnalyzer extends AbstractFailureAnalyzer<AsyncoreStartException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, AsyncoreStartException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.getAction(), cause);
    }
}
