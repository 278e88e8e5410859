package io.eigensweep.tables;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.command.ExplainCommand;
import scala.Option;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Lets through what only reads: queries, SHOW, DESCRIBE, and EXPLAIN of a query. What a parsed
 * statement may consist of is listed; whatever Spark knows besides, or will know, is refused.
 */
final class ReadOnly {
  private static final String ACCEPTED =
      "only queries (SELECT, WITH, VALUES, TABLE, FROM), SHOW, DESCRIBE and EXPLAIN of a query are"
          + " accepted";

  /** Nodes that the parser makes queries of. */
  private static final Set<String> OF_QUERIES =
      Set.of(
          "Aggregate",
          "AsOfJoin",
          "DataFrameDropColumns",
          "Deduplicate",
          "Distinct",
          "Except",
          "Filter",
          "Generate",
          "GlobalLimit",
          "Intersect",
          "Join",
          "LateralJoin",
          "LimitAll",
          "LocalLimit",
          "LocalRelation",
          "NearestByJoin",
          "Offset",
          "OneRowRelation",
          "PipeOperator",
          "Pivot",
          "Project",
          "Range",
          "RebalancePartitions",
          "Repartition",
          "RepartitionByExpression",
          "ResolvedInlineTable",
          "Sample",
          "Sort",
          "SubqueryAlias",
          "Tail",
          "Transpose",
          "Union",
          "Unpivot",
          "UnresolvedHaving",
          "UnresolvedHint",
          "UnresolvedInlineTable",
          "UnresolvedQualify",
          "UnresolvedRelation",
          "UnresolvedSubqueryColumnAliases",
          "UnresolvedTVFAliases",
          "UnresolvedTableValuedFunction",
          "UnresolvedTranspose",
          "UnresolvedWith",
          "Window",
          "WithWindowDefinition");

  /** Functions that call any method of any class. */
  private static final List<String> REFLECTION = List.of("reflect", "java_method", "try_reflect");

  private ReadOnly() {}

  /** Takes the functions from {@code session} that could do more than compute. */
  static void forget(SparkSession session) {
    for (String name : REFLECTION) {
      boolean unused =
          session
              .sessionState()
              .functionRegistry()
              .dropFunction(
                  new FunctionIdentifier(name, Option.apply("builtin"), Option.apply("system")));
    }
  }

  /**
   * Requires that {@code sql} only reads.
   *
   * @throws SqlException when it does something else
   * @throws ParseException when it is no SQL
   */
  static void check(SparkSession session, String sql) throws ParseException {
    LogicalPlan statement = session.sessionState().sqlParser().parsePlan(sql);
    if (statement instanceof ExplainCommand explain) {
      check(explain.logicalPlan());
    } else if (!(statement instanceof Command) || !shows(statement)) {
      check(statement);
    }
  }

  private static boolean shows(LogicalPlan command) {
    String name = command.getClass().getSimpleName();
    return name.startsWith("Show") || name.startsWith("Describe");
  }

  private static void check(LogicalPlan plan) {
    String name = plan.getClass().getSimpleName();
    if (plan instanceof Command || !OF_QUERIES.contains(name)) {
      throw new SqlException(
          String.format(Locale.ROOT, "%s; this is %s", ACCEPTED, name.replace("$", "")));
    }
    each(plan.children(), ReadOnly::checkIfPlan);
    each(plan.innerChildren(), ReadOnly::checkIfPlan);
    each(plan.expressions(), ReadOnly::checkIfPlan);
  }

  private static void checkIfPlan(Object part) {
    if (part instanceof LogicalPlan plan) {
      check(plan);
    } else if (part instanceof Expression expression) {
      if (expression instanceof PlanExpression<?> subquery) {
        checkIfPlan(subquery.plan());
      }
      each(expression.children(), ReadOnly::checkIfPlan);
    }
  }

  private static void each(Iterable<?> parts, java.util.function.Consumer<Object> check) {
    CollectionConverters.asJava(parts).forEach(check);
  }
}
