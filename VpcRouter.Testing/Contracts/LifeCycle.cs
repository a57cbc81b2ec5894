using System.Globalization;
using VpcRouter.Testing.Running;

namespace VpcRouter.Testing.Contracts;

/// <summary>Checks of how a plugin begins and ends, the same for watchers and monitors.</summary>
internal sealed class LifeCycle(ContractOptions options, Breaches breaches)
{
    // What is still written after the end comes from something left running. Most such things show at once.
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(250);

    /// <summary>Disposes of a plugin that was never run.</summary>
    public async Task CheckUnusedAsync(PluginHarness plugin)
    {
        var host = new PluginHost(plugin);
        await using var closing = host.ConfigureAwait(false);
        await DisposeTwiceAsync(host.Make().Plugin, "a plugin that never ran").ConfigureAwait(false);
    }

    /// <summary>Cancels a plugin before it begins, and just after.</summary>
    public async Task CheckStopAtStartAsync(Func<bool, PluginRun> start)
    {
        foreach (var isCancelledBefore in new[] { true, false })
        {
            var run = start(isCancelledBefore);
            await using var closing = run.ConfigureAwait(false);
            await EndAsync(run, isCancelledBefore ? "when cancelled before it began" : "when cancelled right after its start", isCancelled: true).ConfigureAwait(false);
        }
    }

    /// <summary>Stops a plugin that should still be running, and disposes of it.</summary>
    public async Task EndAsync(PluginRun run, string when, bool isCancelled = false)
    {
        if (!isCancelled && CheckRunning(run, when))
            return;
        if (!await run.TryStopAsync(options.StopGrace).ConfigureAwait(false))
            breaches.Add(ContractRule.StopsWhenTold, string.Create(CultureInfo.InvariantCulture, $"its end within {options.StopGrace.TotalSeconds} s {when}"), "it still ran");
        else if (run.Completion.Exception?.InnerException is { } error)
            breaches.Add(ContractRule.StopsQuietly, $"a return or the cancellation {when}", $"{error.GetType().Name}: {error.Message}");
        await DisposeTwiceAsync(run.Instance.Plugin, "a plugin that ran").ConfigureAwait(false);
        await Task.Delay(Silence, TimeProvider.System).ConfigureAwait(false);
        if (run.Completion.IsCompleted && run.LateWrites > 0)
            breaches.Add(ContractRule.SilentAfterEnd, "nothing written after the plugin has returned", string.Create(CultureInfo.InvariantCulture, $"{run.LateWrites} written later, {when}"));
    }

    /// <summary>Notes whether a plugin has ended by itself where it shouldn't have.</summary>
    /// <returns>Whether it has failed, so that there is nothing left to stop.</returns>
    public bool CheckRunning(PluginRun run, string when)
    {
        if (!run.Completion.IsCompleted)
            return false;
        if (run.Completion.Exception?.InnerException is { } error)
            breaches.Add(ContractRule.KeepsRunning, $"it to run on {when}", $"{error.GetType().Name}: {error.Message}");
        else if (run is MonitorRun)
            breaches.Add(ContractRule.KeepsRunning, $"it to run on {when}", "it returned");
        return run.Completion.IsFaulted;
    }

    private async Task DisposeTwiceAsync(IAsyncDisposable plugin, string what)
    {
        foreach (var turn in new[] { "first", "second" })
        {
            try
            {
                var disposal = plugin.DisposeAsync().AsTask();
                if (!await new Patience(options.StopGrace).WaitAsync(disposal).ConfigureAwait(false))
                    throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"it wasn't through after {options.StopGrace.TotalSeconds} s"));
                await disposal.ConfigureAwait(false);
            }
            catch (Exception e)
            {
                breaches.Add(ContractRule.DisposesTwice, $"DisposeAsync of {what} to be harmless", $"the {turn} call: {e.GetType().Name}: {e.Message}");
            }
        }
    }
}
