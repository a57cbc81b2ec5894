using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VpcRouter.AspNetCore;
using VpcRouter.Cli.Settings;

namespace VpcRouter.Cli.Server;

/// <summary>Wires Kestrel and the endpoints' options from the settings.</summary>
internal static partial class HttpServer
{
    private const int MostConnections = 2048;

    // Beyond the others, so that they are let in while whoever goes for them is still going, or while all others are being answered.
    private const int RoomForNewcomers = 64;

    /// <summary>Adds the server and the endpoints.</summary>
    /// <exception cref="UsageException">Listening there would let strangers write, or the address is none.</exception>
    /// <exception cref="VpcRouter.Settings.SettingsException">The files for TLS are unfit.</exception>
    public static void Add(WebApplicationBuilder builder, RouterSettings settings)
    {
        ListenAddress.Validate(settings);
        var tls = settings.Tls.Certificate is null ? null : new TlsCertificates(settings.Tls, TimeProvider.System);
        var places = new ConnectionPlaces(MostConnections);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.UseVpcRouterLimits();
            kestrel.Limits.MaxConcurrentConnections = MostConnections + RoomForNewcomers;
            ListenAddress.Listen(kestrel, settings.General.Address, settings.General.Port, listen =>
            {
                listen.Use(next => connection => places.OnConnectionAsync(connection, next));
                Encrypt(listen, tls);
            });
        });
        builder.Services.AddSingleton(places);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(_ => RouterParameters.Of(settings.General, settings.Tls, settings.Http, settings.Router));
        builder.Services.AddVpcRouterEndpoints(http => Copy(settings, http));
    }

    /// <summary>Warns of what is allowed but unwise.</summary>
    public static void Warn(ILogger logger, RouterSettings settings)
    {
        var http = settings.Http;
        if (ListenAddress.IsLoopback(settings.General.Address))
            return;
        if (http is { Token: null, TokenFile: null })
        {
            if (http.Insecure)
                Log.Insecure(logger, settings.General.Address);
        }
        else if (settings.Tls.Certificate is null)
        {
            Log.TokenInClear(logger, settings.General.Address);
        }
    }

    private static void Encrypt(ListenOptions listen, TlsCertificates? tls)
    {
        if (tls is null)
            return;
        var logger = listen.ApplicationServices.GetRequiredService<ILogger<TlsCertificates>>();
        listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(tls.OptionsNow(logger)) });
    }

    private static void Copy(RouterSettings settings, VpcRouterHttpOptions http)
    {
        http.Token = settings.Http.Token;
        http.TokenFile = settings.Http.TokenFile;
        http.TokenForReads = settings.Http.TokenForReads;
        http.Insecure = settings.Http.Insecure;
        http.AllowedHosts = string.Join(',', new[] { settings.Http.AllowedHosts, ListenAddress.NameOf(settings.General.Address) }.OfType<string>());
    }
}
