namespace VpcRouter.Cli.Demo;

/// <summary>One host's death as the simulator saw it.</summary>
/// <param name="Host">The host that died.</param>
/// <param name="Routes">How many routes pointed at it.</param>
/// <param name="Detected">From its death to the monitor's verdict; <see langword="null"/> when there was none in time.</param>
/// <param name="Reacted">From the verdict to the answer to the last route's move; <see langword="null"/> when routes were left behind.</param>
internal sealed record DemoFailover(string Host, int Routes, TimeSpan? Detected, TimeSpan? Reacted)
{
    public bool IsComplete => Reacted is not null;
}
