using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using VpcRouter.Health;
using VpcRouter.Hosting;
using VpcRouter.Hosting.Events;
using VpcRouter.Plugins;
using VpcRouter.Reconciliation.Writing;
using VpcRouter.RouteSpecs;
using VpcRouter.Vpc;

namespace VpcRouter.Tests.Support;

/// <summary>A whole router on a VPC in memory, with a watcher and a monitor that say what the test gives them.</summary>
internal sealed class RouterHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IHostedService _service;
    private readonly TemporaryFolder _folder = new();

    public RouterHost(TestVpc vpc, Action<VpcRouterOptions>? configure = null, RecordedLog? log = null, Func<TimeProvider, IMonitorPlugin>? monitor = null)
    {
        Api = new InMemoryVpc(vpc.Snapshot(), Time);
        var services = new ServiceCollection();
        if (log is null)
            services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        else
            services.AddSingleton(log).AddSingleton(typeof(ILogger<>), typeof(RecordedLog<>));
        services.AddSingleton<TimeProvider>(Time).AddSingleton<IVpcApi>(Api).AddSingleton<IWriteLimiterFactory>(new FakeTimeLimiters(Time)).AddSingleton<IMeterFactory>(Meters);
        services.AddVpcRouter(options =>
        {
            options.StateDirectory = _folder["state"];
            configure?.Invoke(options);
        }).AddWatcher(_ => new Plugin(this)).AddMonitor(_ => monitor?.Invoke(Time) ?? new Plugin(this));
        _services = services.BuildServiceProvider();
        _service = _services.GetServices<IHostedService>().Single();
    }

    public FakeTimeProvider Time { get; } = new(TestVpc.Start);

    public InMemoryVpc Api { get; }

    public OwnMeters Meters { get; } = new();

    public Channel<RouteSpec> Specs { get; } = Channel.CreateUnbounded<RouteSpec>();

    public Channel<HealthReport> Reports { get; } = Channel.CreateUnbounded<HealthReport>();

    public HostList? Hosts { get; private set; }

    public IRouterEvents Events => _services.GetRequiredService<IRouterEvents>();

    /// <summary>Why watcher and monitor can't do their work although they run.</summary>
    public Func<string?> PluginProblem { get; set; } = () => null;

    public RouterStatus Status => _services.GetRequiredService<IRouterState>().Current;

    public ReadinessCheck Readiness(string name) => _services.GetRequiredService<IRouterState>().Readiness.Single(check => check.Name == name);

    public Task StartAsync() => _service.StartAsync(CancellationToken.None);

    public Task StopAsync() => _service.StopAsync(CancellationToken.None);

    /// <summary>Starts, gives spec and report, and waits until the plan made from them is carried out.</summary>
    public async Task SettleAsync(RouteSpec spec, HealthReport? health = null)
    {
        await StartAsync();
        await Eventually.BeTrueAsync(() => Status.Snapshot is not null);
        var first = Status.Snapshot;
        Specs.Writer.TryWrite(spec);
        // The spec asks for a look of its own, which must not come in later, when the test has changed the VPC or the time.
        await Eventually.BeTrueAsync(() => Status.Spec is not null && !ReferenceEquals(Status.Snapshot, first));
        Reports.Writer.TryWrite(health ?? TestSpec.Failed());
        await Eventually.BeTrueAsync(() => Status.Plan is { IsEmpty: true } && Status.LastInLineAt is not null);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _services.DisposeAsync();
        Meters.Dispose();
        _folder.Dispose();
    }

    private sealed class Plugin(RouterHost host) : IWatcherPlugin, IMonitorPlugin, IPluginCondition
    {
        public string? Problem => host.PluginProblem();

        public async Task WatchAsync(ChannelWriter<RouteSpec> specs, CancellationToken stopping)
        {
            await foreach (var spec in host.Specs.Reader.ReadAllAsync(stopping))
                specs.TryWrite(spec);
        }

        public async Task MonitorAsync(ChannelReader<HostList> hosts, ChannelWriter<HealthReport> reports, CancellationToken stopping)
        {
            var reading = ReadHostsAsync(hosts, stopping);
            await foreach (var report in host.Reports.Reader.ReadAllAsync(stopping))
                reports.TryWrite(report is { Observer: "throw" } ? throw new InvalidOperationException("monitor broke") : report);
            await reading;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private async Task ReadHostsAsync(ChannelReader<HostList> hosts, CancellationToken stopping)
        {
            await foreach (var list in hosts.ReadAllAsync(stopping))
                host.Hosts = list;
        }
    }
}
