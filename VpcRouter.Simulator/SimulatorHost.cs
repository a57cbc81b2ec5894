using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VpcRouter.Simulator.Control;
using VpcRouter.Simulator.Endpoint;
using VpcRouter.Simulator.Metadata;
using VpcRouter.Simulator.Model;
using VpcRouter.Simulator.Probes;

namespace VpcRouter.Simulator;

/// <summary>
/// A running simulator: EC2, instance metadata (IMDSv2) and control on one loopback listener, and the hosts' probe listeners.
/// Thread-safe. Disposing it closes everything.
/// </summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ProbeListeners? _probes;

    private SimulatorHost(SimulatedVpc vpc, WebApplication app, ProbeListeners? probes, Uri endpoint)
    {
        Vpc = vpc;
        _app = app;
        _probes = probes;
        Endpoint = endpoint;
    }

    /// <summary>Where EC2 answers, with the port that was really taken: the service URL for clients.</summary>
    public Uri Endpoint { get; }

    /// <summary>The TCP port on which hosts answer probes; 0 when they answer none.</summary>
    public int ProbePort => _probes?.Port ?? 0;

    /// <summary>The VPC that is served.</summary>
    public SimulatedVpc Vpc { get; }

    /// <summary>Starts a simulator. It answers when this returns.</summary>
    /// <param name="options">How to run it; null for the defaults.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="ArgumentException">An option is wrong; nothing was opened.</exception>
    /// <exception cref="IOException">An address and port, named in the message, can't be bound.</exception>
    public static async Task<SimulatorHost> StartAsync(SimulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new SimulatorOptions();
        options.Validate();
        var vpc = new SimulatedVpc(options.Topology.Model, options.TimeProvider, options.TransitionTime, options.CallLogCapacity);
        vpc.SetFaults(options.Faults);
        var probes = OpenProbes(options, vpc);
        var app = Build(options, vpc, probes?.Port ?? 0);
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            probes?.Dispose();
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        var address = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        return new SimulatorHost(vpc, app, probes, new Uri(address));
    }

    /// <summary>Closes every listener; calls under way get no answer.</summary>
    public async ValueTask DisposeAsync()
    {
        Vpc.Close();
        _probes?.Dispose();
        // Nothing is worth waiting for: whoever still waits for an answer is told by the closed connection.
        await _app.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private static ProbeListeners? OpenProbes(SimulatorOptions options, SimulatedVpc vpc)
    {
        if (options.ProbePort is null && options.Topology.ProbePort == 0)
            return null;
        return ProbeListeners.Open(vpc, options.ProbePort ?? options.Topology.ProbePort, options.TimeProvider,
            options.LoggerFactory.CreateLogger<ProbeListeners>());
    }

    private static WebApplication Build(SimulatorOptions options, SimulatedVpc vpc, int probePort)
    {
        // An empty builder reads neither the embedding program's arguments nor its ASPNETCORE_ variables.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Listen);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        // As an instance the container doesn't dispose it: it belongs to the caller.
        builder.Services.AddSingleton(options.LoggerFactory);

        var app = builder.Build();
        var ec2 = new Ec2Endpoint(vpc, options.TimeProvider, options.LoggerFactory.CreateLogger<Ec2Endpoint>());
        app.MapPost("/", ec2.HandleAsync);
        app.MapGet("/", ec2.HandleAsync);
        new ControlEndpoint(vpc, probePort).Map(app);
        new MetadataEndpoint(vpc.Model, options.TimeProvider).Map(app);
        return app;
    }
}
