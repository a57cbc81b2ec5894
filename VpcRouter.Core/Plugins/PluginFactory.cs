using Microsoft.Extensions.DependencyInjection;
using VpcRouter.Plugins.Loading;
using VpcRouter.Settings;

namespace VpcRouter.Plugins;

/// <summary>Makes plugins from a catalog, injecting their settings and the host's services.</summary>
internal sealed class PluginFactory(PluginCatalog catalog, PluginSettings settings, IServiceProvider services) : IPluginFactory
{
    public PluginInstance Create(PluginKind kind, string name)
    {
        var descriptor = catalog.Get(kind, name);
        try
        {
            var bound = Bind(descriptor);
            var plugin = ActivatorUtilities.CreateInstance(services, descriptor.PluginType, bound is null ? [] : [bound]);
            return new PluginInstance(descriptor, (IAsyncDisposable)plugin, bound);
        }
        catch (Exception e) when (e is not PluginException and not SettingsException)
        {
            var cause = OneLine.CauseOf(e);
            if (cause is PluginException or SettingsException)
                throw cause;
            throw new PluginException($"Plugin {descriptor.Label} can't be made: {OneLine.Of(cause)}", cause);
        }
    }

    private object? Bind(PluginDescriptor descriptor)
    {
        if (descriptor.SettingsType is null)
            return null;
        var errors = new List<SettingError>();
        var bound = SettingsBinder.Bind(descriptor.SettingsType, settings.Values, errors);
        return errors.Count == 0 ? bound : throw new SettingsException(errors);
    }
}
