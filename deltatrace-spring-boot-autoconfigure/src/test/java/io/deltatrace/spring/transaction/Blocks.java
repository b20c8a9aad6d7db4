package io.deltatrace.spring.transaction;

import io.deltatrace.spring.cause.Because;
import java.io.IOException;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/** A bean that runs blocks of code in transactions of all kinds. */
class Blocks {

    /** Code that may throw anything. */
    @FunctionalInterface
    interface Block {
        void run() throws IOException;
    }

    @Transactional
    void required(Block block) throws IOException {
        block.run();
    }

    @Transactional(rollbackFor = IOException.class, noRollbackFor = IllegalArgumentException.class)
    void withRules(Block block) throws IOException {
        block.run();
    }

    @Transactional
    void withdrawn(Block block) throws IOException {
        block.run();
        TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
    }

    @Transactional(propagation = Propagation.REQUIRES_NEW)
    void requiresNew(Block block) throws IOException {
        block.run();
    }

    @Transactional(propagation = Propagation.NESTED)
    void nested(Block block) throws IOException {
        block.run();
    }

    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    void notSupported(Block block) throws IOException {
        block.run();
    }

    @Transactional(propagation = Propagation.SUPPORTS)
    void supports(Block block) throws IOException {
        block.run();
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void mandatory(Block block) throws IOException {
        block.run();
    }

    @Transactional(propagation = Propagation.NEVER)
    void never(Block block) throws IOException {
        block.run();
    }

    @Transactional(readOnly = true)
    void readOnly(Block block) throws IOException {
        block.run();
    }

    @Transactional(isolation = Isolation.REPEATABLE_READ)
    void repeatableRead(Block block) throws IOException {
        block.run();
    }

    @Transactional(isolation = Isolation.READ_COMMITTED)
    void readCommitted(Block block) throws IOException {
        block.run();
    }

    @Transactional(timeout = 1)
    void oneSecond(Block block) throws IOException {
        block.run();
    }

    @Transactional
    @Because("the warehouse was counted")
    void because(Block block) throws IOException {
        block.run();
    }
}
