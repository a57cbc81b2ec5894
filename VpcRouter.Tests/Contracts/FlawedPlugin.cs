using System.Threading.Channels;

namespace VpcRouter.Tests.Contracts;

/// <summary>What a flawed watcher and a flawed monitor do wrong alike.</summary>
internal abstract class FlawedPlugin<T>(FlawedProcess process, T late) : IAsyncDisposable
{
    private static readonly Task Never = new TaskCompletionSource().Task;
    private ChannelWriter<T>? _writer;
    private int _disposals;

    protected Flaw Flaw => process.Flaw;

    protected FlawedProcess Process => process;

    public ValueTask DisposeAsync()
    {
        var isAgain = Interlocked.Increment(ref _disposals) > 1;
        if (Flaw == Flaw.WritesLate)
            _writer?.TryWrite(late);
        if ((Flaw == Flaw.DisposesOnce && isAgain) || (Flaw == Flaw.DisposesOnlyWhenRun && _writer is null))
            throw new InvalidOperationException("disposed already, or never run");
        return ValueTask.CompletedTask;
    }

    protected async Task RunAsync(ChannelWriter<T> writer, Func<bool, Task> work, CancellationToken stopping)
    {
        _writer = writer;
        var isRestarted = process.Start();
        try
        {
            if (Flaw == Flaw.IgnoresCancellation)
                await work(isRestarted);
            if (Flaw == Flaw.IgnoresCancellation || (Flaw == Flaw.IgnoresCancellationBefore && stopping.IsCancellationRequested))
                await Never;
            if (Flaw == Flaw.SaysNothing || (Flaw == Flaw.IsDeadAfterRestart && isRestarted) || (Flaw == Flaw.IsDeadBesideAnother && process.IsBesideAnother))
                await Never.WaitAsync(stopping);
            var takenOver = Flaw == Flaw.StopsAnother ? process.TakeOver() : Never;
            await (await Task.WhenAny(work(isRestarted), takenOver)).WaitAsync(stopping);
        }
        catch (OperationCanceledException) when (Flaw == Flaw.FailsWhenStopped)
        {
            throw new InvalidOperationException("stopped");
        }
        finally
        {
            process.End();
        }
    }
}
