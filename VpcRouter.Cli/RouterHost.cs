using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog;
using VpcRouter.AspNetCore;
using VpcRouter.Cli.Output;
using VpcRouter.Cli.Server;
using VpcRouter.Cli.Settings;
using VpcRouter.Hosting;

namespace VpcRouter.Cli;

/// <summary>Wires the router, its plugins, its log and its HTTP server into one host.</summary>
internal static partial class RouterHost
{
    // The host gives what is under way this long; with the server's own winding down it stays within 5 s.
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(4);

    public static WebApplication Build(RouterSettings settings, ILogger? logger = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "vpcrouter" });
        builder.Services.AddLogging(logging => logging.AddSerilog(logger ?? LogOutput.Open(settings.General), dispose: true));
        builder.Services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = ShutdownTimeout;
            // A slow HTTP client must not use up the time in which writes under way may finish, nor let new ones begin meanwhile.
            host.ServicesStopConcurrently = true;
        });
        AddRouter(builder.Services, settings);
        HttpServer.Add(builder, settings);
        var app = builder.Build();
        var places = app.Services.GetRequiredService<ConnectionPlaces>();
        app.Use(next => context => places.OnRequestAsync(context, next));
        app.UseRouting();
        app.MapVpcRouter();
        HttpServer.Warn(app.Logger, settings);
        return app;
    }

    /// <summary>Registers the router with the plugins that the settings choose.</summary>
    public static void AddRouter(IServiceCollection services, RouterSettings settings)
    {
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(settings.Router));
        // External plugins are loaded already; a second catalog would load them again.
        services.AddSingleton(settings.Catalog);
        services.AddVpcRouter()
            .ConfigurePlugins(settings.PluginValues)
            .AddWatcher(settings.General.Mode!)
            .AddMonitor(settings.General.Health);
    }

    /// <summary>Starts everything, and says where the HTTP server is: with <c>--port 0</c> nobody could know otherwise.</summary>
    /// <exception cref="IOException">The server can't listen where it was told to.</exception>
    public static async Task StartAsync(WebApplication app, GeneralSettings general)
    {
        try
        {
            await app.StartAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new IOException($"the HTTP server can't listen on --address \"{general.Address}\" --port \"{general.Port}\": {e.Message.TrimEnd('.')}; give an address of this machine and a free port", e);
        }

        foreach (var url in app.Urls)
            Log.Serving(app.Logger, url);
    }

    /// <summary>Waits for SIGTERM or SIGINT, then stops within its bound.</summary>
    public static async Task WaitForShutdownAsync(WebApplication app)
    {
        try
        {
            await app.WaitForShutdownAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or AggregateException)
        {
            Log.NotEverythingEnded(app.Logger, ShutdownTimeout.TotalSeconds);
        }
    }
}
