using VpcRouter.RouteSpecs;
using VpcRouter.Testing.Running;

namespace VpcRouter.Testing.Contracts;

/// <summary>Checks what a watcher delivers, once, after a restart, and beside another.</summary>
internal sealed class WatcherCheck(PluginHarness plugin, WatcherContractOptions options, Breaches breaches, LifeCycle lifeCycle) : IPluginCheck
{
    public PluginRun Start(bool cancelled) => plugin.LaunchWatcher(cancelled);

    public async Task RunAsync()
    {
        var run = plugin.StartWatcher();
        await using (run.ConfigureAwait(false))
        {
            var spec = await DeliverAsync(run, ContractRule.Delivers, "a route spec").ConfigureAwait(false);
            await lifeCycle.EndAsync(run, "while idle").ConfigureAwait(false);
            if (spec is null || !run.Completion.IsCompleted)
                return;
            run.Start();
            await CompareAsync(run, spec, ContractRule.Restarts, "the spec again after a restart").ConfigureAwait(false);
            await lifeCycle.EndAsync(run, "after a restart").ConfigureAwait(false);
            if (!breaches.Has(ContractRule.Restarts))
                await RunTwiceAsync(spec).ConfigureAwait(false);
        }
    }

    private async Task RunTwiceAsync(RouteSpec spec)
    {
        var first = plugin.StartWatcher();
        await using var closingFirst = first.ConfigureAwait(false);
        await CompareAsync(first, spec, ContractRule.RunsTwice, "the spec from the first of two instances").ConfigureAwait(false);
        var second = plugin.StartWatcher();
        await using var closingSecond = second.ConfigureAwait(false);
        await CompareAsync(second, spec, ContractRule.RunsTwice, "the spec from the second of two instances").ConfigureAwait(false);
        if (first.Completion.IsFaulted)
            breaches.Add(ContractRule.RunsTwice, "the first of two instances to run on beside the second", first.Completion.Exception!.InnerException!.Message);
        await lifeCycle.EndAsync(second, "beside another instance").ConfigureAwait(false);
        if (first.Completion.IsFaulted)
            breaches.Add(ContractRule.RunsTwice, "the first of two instances to run on after the second ended", first.Completion.Exception!.InnerException!.Message);
        else
            await lifeCycle.EndAsync(first, "after another instance ended").ConfigureAwait(false);
    }

    private async Task CompareAsync(WatcherRun run, RouteSpec expected, ContractRule rule, string what)
    {
        if (await DeliverAsync(run, rule, what).ConfigureAwait(false) is { } spec && !IsSame(spec, expected))
            breaches.Add(ContractRule.FullState, $"{what}, whole: {Words.Of(expected)}", Words.Of(spec));
    }

    private async Task<RouteSpec?> DeliverAsync(WatcherRun run, ContractRule rule, string what)
    {
        try
        {
            await options.Prompt(run).ConfigureAwait(false);
            return await run.NextSpecAsync(timeout: options.Patience, whileWaiting: options.WhileWaiting).ConfigureAwait(false);
        }
        catch (PluginTestException e)
        {
            breaches.Add(rule, what, e.Message);
            return null;
        }
    }

    private static bool IsSame(RouteSpec one, RouteSpec other) =>
        one.Entries.Length == other.Entries.Length && one.Entries.All(entry => other.TryGetEntry(entry.Destination, out var match) && match.Equals(entry));
}
