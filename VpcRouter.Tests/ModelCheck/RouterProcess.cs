using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VpcRouter.Hosting;
using VpcRouter.Reconciliation;
using VpcRouter.Reconciliation.Writing;
using VpcRouter.RouteSpecs;
using VpcRouter.Settings;
using VpcRouter.Tests.Support;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.ModelCheck;

/// <summary>One life of the router: the whole of it, as the host makes it, save the VPC, the clock, the watcher and the monitor.</summary>
internal sealed class RouterProcess
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);
    private readonly ProcessTime _time;
    private readonly ServiceProvider _services;
    private readonly IHostedService _service;
    private readonly Channel<bool> _watcherPokes = Channel.CreateUnbounded<bool>();
    private readonly Channel<bool> _monitorPokes = Channel.CreateUnbounded<bool>();

    public RouterProcess(ScenarioRun run, ScenarioSettings settings, ProcessTime time, IVpcApi api, RouterWatch watch, ILoggerFactory logs)
    {
        _time = time;
        Watch = watch;
        var services = new ServiceCollection();
        services.AddSingleton(logs).AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton<TimeProvider>(time).AddSingleton(api).AddSingleton<IWriteLimiterFactory>(new FakeTimeLimiters(time)).AddSingleton<IMeterFactory, OwnMeters>();
        services.AddVpcRouter(options =>
            {
                options.IgnoreRoutes = CidrList.Parse(string.Join(',', settings.Policy.Ignored));
                options.ManagedCidrs = CidrList.Parse(string.Join(',', settings.Policy.Managed));
                options.RouteRecheckInterval = settings.Recheck;
                options.InitialHealthTimeout = settings.InitialHealthTimeout;
                options.WriteBurst = settings.Burst;
                options.WriteRate = settings.PerSecond;
                options.StateDirectory = run.StateDirectory;
                if (settings.MaxDeletes is { } count)
                    options.MaxDeletes = DeleteLimit.Parse($"{count}");
                if (settings.PanicThreshold is { } percent)
                    options.PanicThreshold = Percentage.Parse($"{percent}%");
                options.PanicWindow = settings.PanicWindow;
            })
            .AddWatcher(_ => new ModelWatcher(run, watch, _watcherPokes.Reader))
            .AddMonitor(_ => new ModelMonitor(run, watch, time, _monitorPokes.Reader));
        _services = services.BuildServiceProvider();
        _service = _services.GetServices<IHostedService>().Single();
        watch.PlanInForce = () => State.Current.Plan;
    }

    public RouterWatch Watch { get; }

    public bool IsDead => _time.IsDead;

    public IRouterState State => _services.GetRequiredService<IRouterState>();

    /// <summary>Lets the watcher say the spec again, or break.</summary>
    public void PokeWatcher(bool andThrow = false)
    {
        if (!IsDead)
            _watcherPokes.Writer.TryWrite(andThrow);
    }

    /// <summary>Lets the monitor report what its probes find, or break.</summary>
    public void PokeMonitor(bool andThrow = false)
    {
        if (!IsDead)
            _monitorPokes.Writer.TryWrite(andThrow);
    }

    public Task StartAsync() => _service.StartAsync(CancellationToken.None);

    /// <summary>SIGTERM: writes under way finish, none is begun.</summary>
    public async Task StopAsync()
    {
        using var limit = new CancellationTokenSource(StopGrace, _time);
        await _service.StopAsync(limit.Token);
        await _services.DisposeAsync();
        _time.Die();
    }

    /// <summary>SIGKILL: from now on it does nothing any more, whatever it was about to do.</summary>
    public void Kill()
    {
        _time.Die();
        // What the runtime itself holds on to would pile up over thousands of processes.
        _services.GetRequiredService<IMeterFactory>().Dispose();
    }
}
