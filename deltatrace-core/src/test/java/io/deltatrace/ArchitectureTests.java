package io.deltatrace;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.deltatrace");

    /** From the bottom up: each package may use only those before it. */
    private static final List<String> LAYERS = List.of(
            "io.deltatrace.document",
            "io.deltatrace.condition",
            "io.deltatrace.access",
            "io.deltatrace.cause",
            "io.deltatrace.query",
            "io.deltatrace.result",
            "io.deltatrace.history",
            "io.deltatrace.observation",
            "io.deltatrace.index",
            "io.deltatrace.storage",
            "io.deltatrace.transaction",
            "io.deltatrace.json",
            "io.deltatrace.internal.engine",
            "io.deltatrace.internal.storage",
            "io.deltatrace");

    @Test
    void everyPackage_isALayer() {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct()).isSubsetOf(LAYERS);
    }

    @Test
    void eachPackage_importsOnlyWhatStandsBelowIt() {
        for (int i = 0; i < LAYERS.size(); i++) {
            String[] above = LAYERS.subList(i + 1, LAYERS.size()).toArray(new String[0]);
            if (above.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage(LAYERS.get(i))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(above)
                        .allowEmptyShould(true)
                        .check(CLASSES);
            }
        }
    }

    @Test
    void packages_areFreeOfCycles() {
        slices().matching("io.deltatrace.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void core_dependsOnNothingButItsFourLibraries() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.deltatrace..",
                        "java..",
                        "tools.jackson..",
                        "com.fasterxml.jackson.annotation..",
                        "com.google.re2j..",
                        "org.slf4j..",
                        "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void everyPackage_isNullMarked() {
        assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
                .isNotEmpty()
                .allMatch(javaPackage -> javaPackage.isAnnotatedWith(NullMarked.class));
    }

    @Test
    void noPublicSignature_leadsIntoTheInternals() {
        classes()
                .that()
                .resideOutsideOfPackage("..internal..")
                .and()
                .arePublic()
                .should(mentionNoInternals())
                .check(CLASSES);
    }

    @Test
    void publicClasses_areFinalOrSealedOrMeantToBeImplemented() {
        Set<String> meantToBeImplemented = Set.of(
                "DeltaTraceDatabase",
                "DeltaTraceCollection",
                "Snapshot",
                "Subscription",
                "DeltaTraceTransaction",
                "Savepoint",
                "ChangeListener",
                "CauseProvider",
                "History",
                "VerifyProgress",
                "NeedsCondition",
                "RequestObserver",
                "RequestObservation",
                "QueryVisitor",
                "ConditionVisitor",
                "ValueTest");
        DescribedPredicate<JavaClass> open = DescribedPredicate.describe(
                "open to be extended",
                type -> !type.getModifiers().contains(JavaModifier.FINAL)
                        && !type.reflect().isSealed()
                        && !meantToBeImplemented.contains(type.getSimpleName()));
        assertThat(CLASSES.that(open).stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC)
                                && !type.getPackageName().contains("internal")))
                .isEmpty();
    }

    private static ArchCondition<JavaClass> mentionNoInternals() {
        return new ArchCondition<>("mention no internal type in a public or protected signature") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream<JavaClass> supertypes =
                        Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream());
                List<JavaClass> mentioned = new ArrayList<>(supertypes.toList());
                for (JavaCodeUnit unit : type.getCodeUnits()) {
                    if (isApi(unit.getModifiers())) {
                        mentioned.addAll(unit.getAllInvolvedRawTypes());
                        mentioned.addAll(unit.getExceptionTypes().stream()
                                .map(thrown -> thrown.toErasure())
                                .toList());
                    }
                }
                for (JavaField field : type.getFields()) {
                    if (isApi(field.getModifiers())) {
                        mentioned.addAll(field.getAllInvolvedRawTypes());
                    }
                }
                mentioned.stream()
                        .filter(other -> other.getPackageName().contains(".internal"))
                        .filter(other -> other.getPackageName().startsWith("io.deltatrace"))
                        .forEach(other -> events.add(
                                SimpleConditionEvent.violated(type, type.getName() + " mentions " + other.getName())));
            }
        };
    }

    private static boolean isApi(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }
}
