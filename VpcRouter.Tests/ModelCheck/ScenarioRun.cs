using System.Net;
using VpcRouter.Health;
using VpcRouter.RouteSpecs;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>Runs one scenario from its start until it has gone quiet, and checks it all along and at the end. Used once, on the pool's one thread.</summary>
internal sealed class ScenarioRun
{
    // Longer than every memory and back-off of the router: a full table 5 min, own writes and stopped instances 60 s, retries and looks 60 s.
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(7);
    private static readonly TimeSpan Still = TimeSpan.FromMinutes(1);
    private readonly Scenario _scenario;
    private readonly FaultCounts _counts;
    private readonly SteppedTime _time = new(TestVpc.Start);
    private readonly Dice _dice;
    private readonly Dictionary<IPAddress, HealthState> _verdicts = [];
    private readonly Faults _faults;
    private readonly Ledger _ledger = new();
    private bool _isKillArmed;
    private Task _stopping = Task.CompletedTask;

    public ScenarioRun(Scenario scenario, FaultCounts counts, string stateDirectory)
    {
        _scenario = scenario;
        _counts = counts;
        StateDirectory = stateDirectory;
        _dice = new Dice(scenario.Seed);
        Trace = new Trace(_time);
        _faults = new Faults(_time, _dice, counts);
        Vpc = new ModelVpc(scenario.Vpc, _time);
        Fleet = new Fleet(Vpc, scenario.Fleet, scenario.OtherInterfaces);
        Spec = scenario.Spec;
        foreach (var step in scenario.Steps)
            Add(step);
    }

    public string StateDirectory { get; }

    public Trace Trace { get; }

    public ModelVpc Vpc { get; }

    public Fleet Fleet { get; }

    public RouteSpec Spec { get; private set; }

    public RouterProcess? Router { get; private set; }

    public async Task RunAsync()
    {
        Trace.Say($"the spec is {ScenarioGen.Describe(Spec)}");
        Start();
        await PlayAsync(_scenario.Duration);
        Trace.Say("from now on everything works and nobody touches anything");
        _faults.EndAll();
        _isKillArmed = false;
        Fleet.ForgetLingering();
        await PlayAsync(_scenario.Duration + TimeSpan.FromSeconds(10));
        Start();
        Probe();
        await PlayAsync(_scenario.Duration + Quiet);
        CheckEnd();
        Router!.Kill();
    }

    public HealthState Verdict(IPAddress host) => _verdicts.GetValueOrDefault(host);

    public TimeSpan FirstReportDelay()
    {
        // A prober finds out at its start how things are, whatever the one before it knew.
        var delay = _dice.Between("first report", 0.2, _dice.Chance("late first report", 0.1) ? 20 : 3);
        After(delay - TimeSpan.FromMilliseconds(1), "the first probes are done", Probe);
        return delay;
    }

    /// <summary>Lets something happen later, wherever the scenario is by then.</summary>
    public void After(TimeSpan delay, string what, Action action) => Add(new ScenarioStep(_time.GetUtcNow() - TestVpc.Start + delay, what, _ => action()));

    /// <summary>Something became of a host; a prober notices after a while.</summary>
    public void HostChanged()
    {
        _counts.Add("HostChanged");
        ProbeSoon();
    }

    /// <summary>A prober has something to find out.</summary>
    public void ProbeSoon() => After(_dice.Between("probe", 0.2, 3), "probes find out", Probe);

    public void GiveSpec(RouteSpec spec)
    {
        Spec = spec;
        _counts.Add("SpecChanged");
        Router?.PokeWatcher();
    }

    /// <summary>Another tool or person changes a route.</summary>
    public void ChangeBehindItsBack(string table, RouteDestination destination, RouteTarget? target)
    {
        _counts.Add("SomebodyElseWrote");
        _ledger.TouchedByOthers(table, destination);
        Vpc.Change(state => target is { } wanted ? state.With(table, destination, wanted) : state.Without(table, destination));
    }

    public void BeginFault(FaultKind kind, TimeSpan duration, double probability) => _faults.Begin(new FaultWindow(kind, _time.GetUtcNow() + duration, probability));

    public void BreakWatcher()
    {
        _counts.Add("PluginBroken");
        Router?.PokeWatcher(andThrow: true);
    }

    public void BreakMonitor()
    {
        _counts.Add("PluginBroken");
        Router?.PokeMonitor(andThrow: true);
    }

    public void KillAtNextWrite() => _isKillArmed = true;

    public void Kill(TimeSpan downFor)
    {
        if (Router is not { IsDead: false })
            return;
        _counts.Add("RouterKilled");
        Trace.Say("the router is killed");
        Router.Kill();
        After(downFor, "the router is started", Start);
    }

    public void Stop(TimeSpan downFor)
    {
        if (Router is not { IsDead: false } || !_stopping.IsCompleted)
            return;
        _counts.Add("RouterStopped");
        _stopping = Router.StopAsync();
        After(downFor, "the router is started", Start);
    }

    private void Start()
    {
        if (Router is { IsDead: false })
            return;
        _counts.Add("RouterStarted");
        Trace.Say("the router starts");
        var process = new ProcessTime(_time);
        var watch = new RouterWatch(_scenario.Settings, Vpc, _ledger, Trace, _time);
        var api = new ModelVpcApi(this, watch, _faults, _dice, Trace, _time, process, KillNow);
        Router = new RouterProcess(this, _scenario.Settings, process, api, watch, new ScenarioLog(Trace));
        var starting = Router.StartAsync();
        if (starting.IsFaulted)
            Trace.Violation($"the router can't be started: {starting.Exception}");
    }

    private bool KillNow()
    {
        if (!_isKillArmed)
            return false;
        _isKillArmed = false;
        Kill(_dice.Between("down after a kill at a write", 0.01, 20));
        return true;
    }

    private void Probe()
    {
        foreach (var host in Fleet.Members.SelectMany(member => member.Addresses).Concat(Spec.Hosts).ToList())
            _verdicts[host] = Fleet.Probe(host);
        Router?.PokeMonitor();
    }

    private void Add(ScenarioStep step) => _time.CreateTimer(
        _ =>
        {
            Trace.Say($"* {step.What}");
            step.Do(this);
        },
        null, TestVpc.Start + step.At - _time.GetUtcNow(), Timeout.InfiniteTimeSpan);

    private Task PlayAsync(TimeSpan until) => _time.AdvanceToAsync(TestVpc.Start + until);

    private void CheckEnd()
    {
        if (Router!.Watch.LastRequestAt > _time.GetUtcNow() - Still)
            Trace.Violation("it still writes although nothing has happened for minutes (R19)");
        var report = new HealthReport(Spec.Hosts.Where(host => Fleet.Probe(host) == HealthState.Failed), Spec.Hosts.Where(host => Fleet.Probe(host) == HealthState.Questionable), _time.GetUtcNow(), "model");
        var rules = new Rules(Spec, report, Vpc.Current.Show(_time.GetUtcNow(), Vpc.Current), _scenario.Settings.Policy, _ledger.MustOwn);
        foreach (var problem in FinalCheck.ProblemsOf(Spec, rules))
            Trace.Violation(problem);
        var leftOver = rules.LeftOver();
        var mayDelete = leftOver.Count <= _scenario.Settings.MostDeletes(rules.CountManagedRoutes());
        foreach (var (table, route) in mayDelete ? leftOver : [])
            Trace.Violation($"{route.Destination} in {table.Id} is still there, though the spec doesn't name it");
        foreach (var check in Router.State.Readiness.Where(check => !check.IsOk && (mayDelete || check.Name != "guards")))
            Trace.Violation($"/readyz: {check.Name}: {check.Message}");
        if (!mayDelete && !Router.State.Current.Guards.Any(guard => guard is { Name: "max-deletes", IsActive: true }))
            Trace.Violation("deletions are held back, and nobody is told (R18)");
    }
}
