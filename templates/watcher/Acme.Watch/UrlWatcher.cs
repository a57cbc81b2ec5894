using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;

namespace Acme.Watch;

/// <summary>Reads a route spec from a URL again and again, and delivers it whenever it has changed. What can't be read leaves the last good spec in force.</summary>
public sealed class UrlWatcher(UrlWatcherSettings settings, RouteSpecReader reader, TimeProvider time, ILogger<UrlWatcher> logger) : IWatcherPlugin
{
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = RouteSpecReader.MaximumBytes };

    public async Task WatchAsync(ChannelWriter<RouteSpec> specs, CancellationToken stopping)
    {
        RouteSpec? last = null;
        while (true)
        {
            if (await ReadAsync(stopping) is { } spec && !spec.Equals(last))
            {
                specs.TryWrite(spec);
                last = spec;
            }

            await Task.Delay(settings.Interval, time, stopping);
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<RouteSpec?> ReadAsync(CancellationToken stopping)
    {
        try
        {
            var result = reader.Read(await _client.GetByteArrayAsync(settings.Url, stopping));
            if (result.IsAccepted)
                return result.Spec;
            logger.LogError("{Url} is no route spec: {Errors}", settings.Url, string.Join("; ", result.Errors));
        }
        catch (HttpRequestException e)
        {
            logger.LogError("{Url} can't be read: {Message}", settings.Url, e.Message);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            logger.LogError("{Url} doesn't answer", settings.Url);
        }

        return null;
    }
}
