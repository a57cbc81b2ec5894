using System.Runtime.InteropServices;

namespace VpcRouter.Cli;

/// <summary>SIGTERM and SIGINT as a token, for commands that want to end in order. Until disposed they don't end the process.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _told = new();
    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration _interrupt;

    public Interrupt()
    {
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
    }

    public CancellationToken Token => _told.Token;

    /// <summary>Waits for a signal.</summary>
    public async Task WaitAsync() =>
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public void Dispose()
    {
        _terminate.Dispose();
        _interrupt.Dispose();
        _told.Dispose();
    }

    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _told.Cancel();
    }
}
