namespace VpcRouter.Simulator.Faults;

/// <summary>How late an answer comes.</summary>
internal sealed record Latency(TimeSpan Fixed, TimeSpan Random)
{
    public TimeSpan At(double roll) => Fixed + (Random * roll);
}
