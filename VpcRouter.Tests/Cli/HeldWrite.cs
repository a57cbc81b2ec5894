using VpcRouter.Simulator.Model;

namespace VpcRouter.Tests.Cli;

/// <summary>Keeps EC2 from answering route creations until disposed.</summary>
internal sealed class HeldWrite : IDisposable
{
    private readonly ManualResetEventSlim _answer = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HeldWrite(SimulatedVpc vpc) => vpc.CallAnswered += call =>
    {
        if (call.Action != "CreateRoute")
            return;
        if (_begun.TrySetResult())
            OnBegun?.Invoke();
        _answer.Wait();
    };

    /// <summary>Done before the first write is held, and on its thread: what awaits <see cref="Begun"/> may have to wait for another one.</summary>
    public Action? OnBegun { get; set; }

    /// <summary>Completes when one waits for its answer.</summary>
    public Task Begun => _begun.Task.WaitAsync(CliProcess.Patience);

    // Not the event itself: calls may still be waiting on it.
    public void Dispose() => _answer.Set();
}
