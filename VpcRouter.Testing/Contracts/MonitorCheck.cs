using System.Net;
using VpcRouter.Health;
using VpcRouter.RouteSpecs;
using VpcRouter.Testing.Running;

namespace VpcRouter.Testing.Contracts;

/// <summary>Checks what a monitor reports: at first, when the list of hosts changes, after a restart, and beside another.</summary>
internal sealed class MonitorCheck(PluginHarness plugin, MonitorContractOptions options, Breaches breaches, LifeCycle lifeCycle) : IPluginCheck
{
    // Time for a monitor that has nothing to report to trip over a list of hosts.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(10);
    private readonly HashSet<IPAddress> _failed = [.. options.FailedHosts.Select(IPAddress.Parse)];
    private readonly HostList _healthy = new(options.HealthyHosts.Select(IPAddress.Parse));
    private readonly HostList _all = new(options.HealthyHosts.Concat(options.FailedHosts).Select(IPAddress.Parse));

    public PluginRun Start(bool cancelled) => Start(cancelled, _all);

    public async Task RunAsync()
    {
        var run = Start(false, _all);
        await using (run.ConfigureAwait(false))
        {
            var isReporting = await CheckReportAsync(run, ContractRule.Delivers, "a health report once the hosts are known", _ => true).ConfigureAwait(false)
                && await CheckFailedAsync(run, ContractRule.FullState, "in one report, for reports are never deltas", _failed).ConfigureAwait(false);
            if (isReporting)
                await ChangeHostsAsync(run).ConfigureAwait(false);
            await lifeCycle.EndAsync(run, "while idle").ConfigureAwait(false);
            if (!isReporting || !run.Completion.IsCompleted)
                return;
            run.SetHosts(_all);
            run.Start();
            if (await CheckReportAsync(run, ContractRule.Restarts, "a health report after a restart", _ => true).ConfigureAwait(false))
                await CheckFailedAsync(run, ContractRule.Restarts, "after a restart", _failed).ConfigureAwait(false);
            await lifeCycle.EndAsync(run, "after a restart").ConfigureAwait(false);
        }

        await BeginWithoutHostsAsync().ConfigureAwait(false);
        if (!breaches.Has(ContractRule.Restarts))
            await RunTwiceAsync().ConfigureAwait(false);
    }

    private async Task ChangeHostsAsync(MonitorRun run)
    {
        if (_failed.Count > 0)
            await RemoveAsync(run, _failed.First()).ConfigureAwait(false);
        if (breaches.Has(ContractRule.KnownHostsOnly))
            return;
        run.ForgetReports();
        run.SetHosts(HostList.Empty);
        if (_failed.Count > 1)
            await CheckReportAsync(run, ContractRule.KnownHostsOnly, "a report that names nobody once no host is left", report => !Named(report).Any()).ConfigureAwait(false);
        await PassAsync(run).ConfigureAwait(false);
        run.SetHosts(_all);
        await CheckFailedAsync(run, ContractRule.SurvivesEmptyHostList, "when they are back after an empty list", _failed).ConfigureAwait(false);
        CheckAlive(run, "an empty list in between");
    }

    private async Task RemoveAsync(MonitorRun run, IPAddress gone)
    {
        var left = new HostList(_all.Where(host => !host.Equals(gone)));
        run.ForgetReports();
        run.SetHosts(left);
        if (!await CheckReportAsync(run, ContractRule.KnownHostsOnly, $"a report without {gone} after a list without it", report => !Named(report).Contains(gone)).ConfigureAwait(false))
            return;
        void Watch(HealthReport report) => CheckKnown(report, left);
        run.OnReport += Watch;
        await CheckFailedAsync(run, ContractRule.FullState, "still, when another host was removed", [.. _failed.Where(left.Contains)]).ConfigureAwait(false);
        await Task.Delay(Moment, TimeProvider.System).ConfigureAwait(false);
        run.OnReport -= Watch;
    }

    private async Task BeginWithoutHostsAsync()
    {
        var run = Start(false, HostList.Empty);
        await using var closing = run.ConfigureAwait(false);
        await PassAsync(run).ConfigureAwait(false);
        if (!CheckAlive(run, "an empty list at first"))
            return;
        run.SetHosts(_all);
        await CheckFailedAsync(run, ContractRule.SurvivesEmptyHostList, "after an empty list at first", _failed).ConfigureAwait(false);
        await lifeCycle.EndAsync(run, "after an empty list of hosts").ConfigureAwait(false);
    }

    private async Task RunTwiceAsync()
    {
        var first = Start(false, _healthy);
        await using var closingFirst = first.ConfigureAwait(false);
        void Watch(HealthReport report) => CheckApart(report, _healthy);
        first.OnReport += Watch;
        await CheckReportAsync(first, ContractRule.RunsTwice, "a report from the first of two instances", _ => true).ConfigureAwait(false);
        var second = Start(false, _all);
        await using var closingSecond = second.ConfigureAwait(false);
        if (await CheckReportAsync(second, ContractRule.RunsTwice, "a report from the second of two instances", _ => true).ConfigureAwait(false))
            await CheckFailedAsync(second, ContractRule.RunsTwice, "by the second of two instances", _failed).ConfigureAwait(false);
        await lifeCycle.EndAsync(second, "beside another instance").ConfigureAwait(false);
        first.OnReport -= Watch;
        if (first.Completion.IsCompleted)
        {
            breaches.Add(ContractRule.RunsTwice, "the first of two instances to run on beside the second", first.Completion.Exception?.InnerException?.Message ?? "it returned");
            return;
        }

        first.SetHosts(_all);
        await CheckFailedAsync(first, ContractRule.RunsTwice, "by the first of two instances after the second ended", _failed).ConfigureAwait(false);
        await lifeCycle.EndAsync(first, "after another instance ended").ConfigureAwait(false);
    }

    /// <summary>Lets a moment pass since the monitor took its list: one that hasn't had its turn yet would get the next list in place of this.</summary>
    private async Task PassAsync(MonitorRun run)
    {
        var patience = new Patience(options.StopGrace);
        while (!run.HasTakenHosts && !run.Completion.IsCompleted && await patience.WaitAsync(run.Completion, Turn).ConfigureAwait(false))
            options.WhileWaiting?.Invoke();
        await Task.Delay(Moment, TimeProvider.System).ConfigureAwait(false);
    }

    private MonitorRun Start(bool cancelled, HostList hosts) => plugin.LaunchMonitor(cancelled, hosts, report => CheckKnown(report, _all));

    /// <summary>Waits until the newest report says of all these hosts, where there are any, that they have failed.</summary>
    private async Task<bool> CheckFailedAsync(MonitorRun run, ContractRule rule, string when, HashSet<IPAddress> failed) =>
        failed.Count == 0
        || (run.LastReport is { } last && failed.IsSubsetOf(last.Failed))
        || await CheckReportAsync(run, rule, $"[{Words.Of(failed)}] reported as failed {when}", report => failed.IsSubsetOf(report.Failed)).ConfigureAwait(false);

    private async Task<bool> CheckReportAsync(MonitorRun run, ContractRule rule, string expected, Func<HealthReport, bool> fits)
    {
        try
        {
            await run.NextReportAsync(fits, options.Patience, options.WhileWaiting).ConfigureAwait(false);
            return true;
        }
        catch (PluginTestException e)
        {
            breaches.Add(rule, expected, e.Message);
            return false;
        }
    }

    private bool CheckAlive(MonitorRun run, string what)
    {
        if (!run.Completion.IsCompleted)
            return true;
        breaches.Add(ContractRule.SurvivesEmptyHostList, $"it to run on with {what}", run.Completion.Exception?.InnerException?.Message ?? "it returned");
        return false;
    }

    private void CheckKnown(HealthReport report, HostList known) =>
        CheckOnly(report, known, ContractRule.KnownHostsOnly, $"only hosts of the list in reports: [{Words.Of(known)}]");

    private void CheckApart(HealthReport report, HostList known) =>
        CheckOnly(report, known, ContractRule.RunsTwice, $"only the hosts given to this instance, not those of another: [{Words.Of(known)}]");

    private void CheckOnly(HealthReport report, HostList known, ContractRule rule, string expected)
    {
        if (Named(report).Where(host => !known.Contains(host)).ToList() is { Count: > 0 } strangers)
            breaches.Add(rule, expected, $"[{Words.Of(strangers)}]");
    }

    private static IEnumerable<IPAddress> Named(HealthReport report) => report.Failed.Concat(report.Questionable);
}
