package org.peerrelay.protocol2;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that need Node and the packages of {@code src/test/protocol2}. Without them they are
 * skipped with a reason; where the environment has {@code CI=true} they fail instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(JsClientInstalled.class)
@interface NeedsJsClient {}
