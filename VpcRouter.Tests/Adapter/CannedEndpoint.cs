using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace VpcRouter.Tests.Adapter;

/// <summary>Answers every EC2 call with one error.</summary>
internal sealed class CannedEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;

    private int _calls;

    private CannedEndpoint(WebApplication app) => _app = app;

    public int Calls => Volatile.Read(ref _calls);

    public Uri Url => new(_app.Urls.Single());

    public static async Task<CannedEndpoint> StartAsync(int status, string code)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var endpoint = new CannedEndpoint(app);
        app.Run(context =>
        {
            Interlocked.Increment(ref endpoint._calls);
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/xml";
            return context.Response.WriteAsync($"<Response><Errors><Error><Code>{code}</Code><Message>told to</Message></Error></Errors><RequestID>1</RequestID></Response>");
        });
        await app.StartAsync();
        return endpoint;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
