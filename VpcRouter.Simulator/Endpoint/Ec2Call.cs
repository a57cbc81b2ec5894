using VpcRouter.Simulator.Model;

namespace VpcRouter.Simulator.Endpoint;

/// <summary>One call and what it works on.</summary>
/// <param name="Request">What the caller wants.</param>
/// <param name="Vpc">The VPC as it is: where writes go.</param>
/// <param name="Model">What reads see, which may be older than the VPC is.</param>
/// <param name="PageCap">Decides, when an answer could be cut, how many items it holds at most whatever the caller asked for; null for any number.</param>
internal sealed record Ec2Call(QueryRequest Request, SimulatedVpc Vpc, VpcModel Model, Func<int?>? PageCap = null)
{
    /// <summary>The quota of a route table where it isn't the VPC's own.</summary>
    public Func<string, int?> QuotaOf { get; init; } = _ => null;
}
