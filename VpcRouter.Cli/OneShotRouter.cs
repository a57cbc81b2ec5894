using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog;
using VpcRouter.Cli.Output;
using VpcRouter.Cli.Settings;
using VpcRouter.Hosting;
using VpcRouter.Hosting.Events;
using VpcRouter.Vpc;

namespace VpcRouter.Cli;

/// <summary>The router without its HTTP server, for commands that run it until they know enough.</summary>
internal sealed class OneShotRouter : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // A file or a flag is read at once; what hasn't come by then is broken.
    private static readonly TimeSpan SpecPatience = TimeSpan.FromSeconds(5);

    private readonly IHost _host;
    private readonly TimeSpan _planPatience;
    private bool _stopped;

    private OneShotRouter(IHost host, TimeSpan planPatience)
    {
        _host = host;
        _planPatience = planPatience;
        State = host.Services.GetRequiredService<IRouterState>();
    }

    public IRouterState State { get; }

    public IServiceProvider Services => _host.Services;

    /// <summary>Makes the router; nothing runs yet.</summary>
    /// <param name="settings">What it was told, with a watcher that delivers a spec by itself.</param>
    public static OneShotRouter Make(RouterSettings settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging(logging => logging.AddSerilog(LogOutput.ForOneLook(settings.General.Verbose), dispose: true));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = RouterHost.ShutdownTimeout);
        RouterHost.AddRouter(builder.Services, settings);
        var host = builder.Build();
        try
        {
            // A host that can't make its services, above all the plugins, couldn't be stopped either.
            _ = host.Services.GetServices<IHostedService>();
        }
        catch
        {
            host.Dispose();
            throw;
        }

        return new OneShotRouter(host, Patience + settings.Router.InitialHealthTimeout);
    }

    /// <summary>Runs it, writing nothing, until there is a plan to report from.</summary>
    /// <param name="settings">What it was told.</param>
    /// <param name="command">The command that asks, for what it refuses.</param>
    /// <param name="report">Reports, and gives the exit code.</param>
    public static async Task<int> LookAsync(RouterSettings settings, string command, Func<OneShotRouter, RouterStatus, int> report)
    {
        RequireSpec(settings, command);
        settings.Router.DryRun = true;
        // The journal is the service's, and tells what it decided.
        settings.Router.Journal = null;
        await using var router = Make(settings);
        await router.StartAsync(CancellationToken.None).ConfigureAwait(false);
        return report(router, await router.UntilPlannedAsync(_ => false, TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false));
    }

    /// <summary>Refuses what delivers no spec by itself.</summary>
    /// <exception cref="UsageException">There is no such watcher.</exception>
    public static void RequireSpec(RouterSettings settings, string command)
    {
        if (settings.General.Mode is null)
            throw new UsageException("--mode is required: name the watcher that delivers the route spec, for example -m configfile");
        if (string.Equals(settings.General.Mode, "http", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"--mode \"http\" has no route spec before one is posted; {command} with -m configfile or -m fixedconf");
    }

    public RouterEventSubscription Subscribe(int capacity) => Services.GetRequiredService<IRouterEvents>().Subscribe(capacity);

    public Task StartAsync(CancellationToken cancellationToken) => _host.StartAsync(cancellationToken);

    /// <summary>Waits for the first plan.</summary>
    /// <param name="isWorthWaiting">Whether a look that failed may yet succeed.</param>
    /// <param name="longer">How long to wait beyond the usual patience.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandFailedException">There is none; says why.</exception>
    public async Task<RouterStatus> UntilPlannedAsync(Func<VpcApiException, bool> isWorthWaiting, TimeSpan longer, CancellationToken cancellationToken)
    {
        if (await WaitAsync(now => now.Spec is not null, SpecPatience, cancellationToken).ConfigureAwait(false) is null)
            throw new CommandFailedException($"no route spec came within {SpecPatience.TotalSeconds} s; the lines above say why");
        var patience = _planPatience + longer;
        var status = await WaitAsync(now => now.Plan is not null || (now.LookError is { } error && !isWorthWaiting(error)), patience, cancellationToken).ConfigureAwait(false) ?? State.Current;
        if (status.Plan is null)
            throw new CommandFailedException(status.LookError is { } failed ? $"the VPC can't be looked at: {failed.Code}: {failed.Message}" : $"no plan could be made within {patience.TotalSeconds} s; --verbose says how far it got");
        return status;
    }

    /// <summary>Stops it: writes under way finish if they do within 5 s, none is begun.</summary>
    public async Task StopAsync()
    {
        if (_stopped)
            return;
        _stopped = true;
        try
        {
            await _host.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or AggregateException)
        {
            // Not everything ended in time; whoever asked wants to end all the same.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _host.Dispose();
    }

    private async Task<RouterStatus?> WaitAsync(Func<RouterStatus, bool> condition, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await State.WaitForAsync(condition, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
