using VpcRouter.Simulator.Model;

namespace VpcRouter.Benchmarks.Failover;

/// <summary>One failover as the simulator saw it. Immutable.</summary>
/// <param name="VerdictAt">When the monitor gave its verdict.</param>
/// <param name="Calls">The calls that came in until the router had seen that everything is in line.</param>
internal sealed record FailoverRun(DateTimeOffset VerdictAt, IReadOnlyList<SimulatorCall> Calls)
{
    public int Moved => Writes.Count(call => call.Result == "OK");

    public int Throttled => Writes.Count(call => call.Result == "RequestLimitExceeded");

    /// <summary>From the verdict to the arrival of the first write.</summary>
    public TimeSpan UntilFirst => Writes.Min(call => call.Time) - VerdictAt;

    /// <summary>From the verdict until the last write's answer was ready.</summary>
    public TimeSpan UntilLast => Writes.Max(call => call.Time + call.Duration) - VerdictAt;

    private IEnumerable<SimulatorCall> Writes => Calls.Where(call => call.Action == "ReplaceRoute");
}
