using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VpcRouter.AspNetCore;
using VpcRouter.Hosting;
using VpcRouter.Hosting.Events;

namespace VpcRouter.Benchmarks.HttpLoad;

/// <summary>The endpoints of a running router on a server with the limits that <c>vpcrouter</c> uses, in this process.</summary>
internal sealed class StatusServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StatusServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    public static async Task<StatusServer> StartAsync(IServiceProvider router)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.UseVpcRouterLimits());
        builder.Services
            .AddSingleton(router.GetRequiredService<IRouterState>())
            .AddSingleton(router.GetRequiredService<IRouterEvents>())
            .AddVpcRouterEndpoints();
        var app = builder.Build();
        app.MapVpcRouter();
        await app.StartAsync();
        return new StatusServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
