using System.Collections.Immutable;
using VpcRouter.Health;
using VpcRouter.Reconciliation;
using VpcRouter.Vpc;

namespace VpcRouter.Cli.Doctor;

/// <summary>The route tables that the router would manage, by the planner's own rules.</summary>
internal static class ManagedTables
{
    public static ImmutableArray<RouteTable> Of(DoctorFacts facts)
    {
        if (PlanOf(facts) is not { } plan)
            return [];
        var managed = plan.ManagedRouteTableIds.ToHashSet();
        return [.. facts.Snapshot.Value!.RouteTables.Where(table => managed.Contains(table.Id))];
    }

    /// <summary>What the router would do if every host were healthy; <see langword="null"/> without a spec or a look at the VPC.</summary>
    public static RoutePlan? PlanOf(DoctorFacts facts) =>
        facts.Spec.Value is { } spec && facts.Snapshot.Value is { } snapshot ? RoutePlanner.Plan(spec, HealthReport.AllHealthy, snapshot, facts.Policy) : null;
}
