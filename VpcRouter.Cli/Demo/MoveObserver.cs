using VpcRouter.Simulator.Model;

namespace VpcRouter.Cli.Demo;

/// <summary>Counts the routes that the simulator was told to move, and remembers when it had answered the last of them.</summary>
internal sealed class MoveObserver : IDisposable
{
    private readonly SimulatedVpc _vpc;
    private readonly TaskCompletionSource<DateTimeOffset> _lastMove = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private int _expected;
    private DateTimeOffset _latest;

    public MoveObserver(SimulatedVpc vpc, int expected)
    {
        _vpc = vpc;
        _expected = expected;
        _vpc.CallAnswered += OnCall;
    }

    /// <summary>Completes when as many routes as expected have moved.</summary>
    public Task<DateTimeOffset> LastMove => _lastMove.Task;

    public void Dispose() => _vpc.CallAnswered -= OnCall;

    private void OnCall(SimulatorCall call)
    {
        if (call is not { Action: "ReplaceRoute", Result: "OK" })
            return;
        lock (_lock)
        {
            var answeredAt = call.Time + call.Duration;
            if (answeredAt > _latest)
                _latest = answeredAt;
            if (--_expected == 0)
                _lastMove.TrySetResult(_latest);
        }
    }
}
