package org.peerrelay;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * The walls between the packages: which may use which, and that everything up to {@code node} is
 * told the time and given its randomness, so that tests and simulations repeat exactly.
 */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.peerrelay");

  private static final String[] PURE = {
    "org.peerrelay.id..",
    "org.peerrelay.rate..",
    "org.peerrelay.message..",
    "org.peerrelay.wire..",
    "org.peerrelay.routing..",
    "org.peerrelay.relay..",
    "org.peerrelay.overlay..",
    "org.peerrelay.swarm..",
    "org.peerrelay.presence..",
    "org.peerrelay.node.."
  };

  /** Methods that answer differently in each run, whatever their arguments. */
  private static final Set<String> CLOCKS_AND_DICE =
      Set.of(
          "java.lang.Math.random",
          "java.lang.StrictMath.random",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.util.UUID.randomUUID",
          "java.util.random.RandomGenerator.getDefault",
          "java.util.random.RandomGenerator.of");

  /** Types and methods that draw a seed of their own when they are called without any argument. */
  private static final Set<String> UNSEEDED_WITHOUT_ARGUMENT =
      Set.of(
          "java.util.Date.<init>",
          "java.util.Random.<init>",
          "java.util.SplittableRandom.<init>",
          "java.util.random.RandomGeneratorFactory.create");

  @Test
  void importsRunInOneDirectionOnly() {
    holds(
        layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("org.peerrelay..")
            .optionalLayer("id")
            .definedBy("org.peerrelay.id..")
            .optionalLayer("rate")
            .definedBy("org.peerrelay.rate..")
            .optionalLayer("message")
            .definedBy("org.peerrelay.message..")
            .optionalLayer("wire")
            .definedBy("org.peerrelay.wire..")
            .optionalLayer("routing")
            .definedBy("org.peerrelay.routing..")
            .optionalLayer("relay")
            .definedBy("org.peerrelay.relay..")
            .optionalLayer("overlay")
            .definedBy("org.peerrelay.overlay..")
            .optionalLayer("swarm")
            .definedBy("org.peerrelay.swarm..")
            .optionalLayer("presence")
            .definedBy("org.peerrelay.presence..")
            .optionalLayer("node")
            .definedBy("org.peerrelay.node..")
            .optionalLayer("access")
            .definedBy("org.peerrelay.access..")
            .optionalLayer("transport")
            .definedBy("org.peerrelay.transport..")
            .optionalLayer("channel")
            .definedBy("org.peerrelay.channel..")
            .optionalLayer("API")
            .definedBy("org.peerrelay")
            .whereLayer("id")
            .mayNotAccessAnyLayer()
            .whereLayer("rate")
            .mayOnlyAccessLayers("id")
            .whereLayer("message")
            .mayOnlyAccessLayers("id")
            .whereLayer("wire")
            .mayOnlyAccessLayers("id", "message")
            .whereLayer("routing")
            .mayOnlyAccessLayers("id")
            .whereLayer("relay")
            .mayOnlyAccessLayers("id", "message", "routing")
            .whereLayer("overlay")
            .mayOnlyAccessLayers("id", "message", "routing", "relay")
            .whereLayer("swarm")
            .mayOnlyAccessLayers("id", "rate", "message", "relay")
            .whereLayer("presence")
            .mayOnlyAccessLayers("id", "rate", "message", "routing", "relay")
            .whereLayer("node")
            .mayOnlyAccessLayers("id", "message", "routing", "relay", "overlay", "swarm")
            .whereLayer("access")
            .mayOnlyAccessLayers("id", "routing")
            .whereLayer("channel")
            .mayNotAccessAnyLayer()
            .whereLayer("channel")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("API")
            .mayNotBeAccessedByAnyLayer()
            .ensureAllClassesAreContainedInArchitecture());
  }

  @Test
  void packagesFormNoCycle() {
    holds(slices().matching("org.peerrelay.(**)").should().beFreeOfCycles());
  }

  @Test
  void onlyTheTransportUsesNetty() {
    holds(
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .and()
            .resideOutsideOfPackage("org.peerrelay.wire..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty.."));
  }

  @Test
  void theChannelClientNeedsOnlyTheJdkAndAJsonParser() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("org.peerrelay.channel..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                "org.peerrelay.channel..",
                "java..",
                "javax.net.ssl..",
                "com.fasterxml.jackson.core..",
                "org.jspecify..",
                "org.slf4j.."));
  }

  @Test
  void wireFormatsKnowBuffersButNoChannels() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("org.peerrelay.wire..")
            .should()
            .dependOnClassesThat(
                describe(
                    "are of Netty, but no buffers",
                    type ->
                        type.getPackageName().startsWith("io.netty")
                            && !type.getPackageName().equals("io.netty.buffer"))));
  }

  @Test
  void pureCodeReadsNoClockAndThrowsNoDice() {
    holds(
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .accessTargetWhere(unrepeatable())
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(ThreadLocalRandom.class));
  }

  /** So nothing goes wrong when somebody sets the clock of the machine. */
  @Test
  void theWallClockOnlyDatesPointersAndClosedLinks() {
    holds(
        noClasses()
            .that()
            .doNotHaveSimpleName("NettyNode")
            .and()
            .doNotHaveSimpleName("LinkRegistry")
            .should()
            .accessTargetWhere(wallClock()));
  }

  private static DescribedPredicate<JavaAccess<?>> wallClock() {
    return describe(
        "reads the wall clock",
        access -> access.getTarget() instanceof CodeUnitAccessTarget target && isWallClock(target));
  }

  private static boolean isWallClock(CodeUnitAccessTarget target) {
    String name = qualifiedName(target);
    return name.equals("java.lang.System.currentTimeMillis")
        || name.startsWith("java.time.Clock.system")
        || (name.startsWith("java.time.") && target.getName().equals("now"))
        || (name.equals("java.util.Date.<init>") && target.getRawParameterTypes().isEmpty());
  }

  @Test
  void pureCodeStartsNoThread() {
    holds(
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .accessTargetWhere(startsThread())
            .orShould()
            .dependOnClassesThat(
                assignableTo(Executor.class)
                    .or(assignableTo(Executors.class))
                    .or(assignableTo(ThreadFactory.class))
                    .or(assignableTo(Timer.class))));
  }

  @Test
  void onlyIdentitiesDrawSecureRandomness() {
    holds(
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .and()
            .resideOutsideOfPackage("org.peerrelay.id..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(SecureRandom.class));
  }

  private static DescribedPredicate<JavaAccess<?>> unrepeatable() {
    return describe(
        "reads a clock or draws from an unseeded source",
        access ->
            access.getTarget() instanceof CodeUnitAccessTarget target && unrepeatable(target));
  }

  private static boolean unrepeatable(CodeUnitAccessTarget target) {
    String name = qualifiedName(target);
    int parameters = target.getRawParameterTypes().size();
    return CLOCKS_AND_DICE.contains(name)
        || (name.startsWith("java.time.") && target.getName().equals("now"))
        || (parameters == 0 && UNSEEDED_WITHOUT_ARGUMENT.contains(name))
        || (parameters == 1 && name.equals("java.util.Collections.shuffle"));
  }

  private static DescribedPredicate<JavaAccess<?>> startsThread() {
    return describe(
        "makes, starts or suspends a thread",
        access ->
            access.getTarget().getOwner().isAssignableTo(Thread.class)
                && Set.of("<init>", "start", "sleep").contains(access.getTarget().getName()));
  }

  private static String qualifiedName(AccessTarget target) {
    return target.getOwner().getName() + "." + target.getName();
  }

  /** A package may still be empty, and a rule about it then holds. */
  private static void holds(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES);
  }
}
