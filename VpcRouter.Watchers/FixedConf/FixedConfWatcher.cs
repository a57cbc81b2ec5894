using System.Threading.Channels;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;
using VpcRouter.Settings;

namespace VpcRouter.Watchers.FixedConf;

/// <summary>Gives one route spec, made from its settings, and is done.</summary>
internal sealed class FixedConfWatcher : IWatcherPlugin
{
    private readonly RouteSpec _spec;

    /// <exception cref="SettingsException">A setting is missing.</exception>
    public FixedConfWatcher(FixedConfSettings settings)
    {
        if (SettingsBinder.Validate(settings) is { Count: > 0 } errors)
            throw new SettingsException(errors);
        _spec = new RouteSpec([new RouteEntry(settings.FixedCidr!.Value, settings.FixedHosts!.Items)]);
    }

    public Task WatchAsync(ChannelWriter<RouteSpec> specs, CancellationToken stopping)
    {
        specs.TryWrite(_spec);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
