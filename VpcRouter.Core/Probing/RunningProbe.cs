namespace VpcRouter.Probing;

/// <summary>A probe that a function carries out.</summary>
internal sealed class RunningProbe(ProbeRequest request)
{
    public ProbeRequest Request { get; } = request;

    /// <summary>Without timer or handle, so there is nothing to dispose and cancelling never races with disposing.</summary>
    public CancellationTokenSource Deadline { get; } = new();

    /// <summary>Never faults.</summary>
    public Task Task { get; set; } = Task.CompletedTask;
}
