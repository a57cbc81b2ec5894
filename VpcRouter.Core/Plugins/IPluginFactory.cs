namespace VpcRouter.Plugins;

/// <summary>Makes plugins by name, with the settings the host was given. Thread-safe.</summary>
public interface IPluginFactory
{
    /// <summary>Makes a plugin.</summary>
    /// <param name="kind">Watcher or monitor.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="PluginException">There is no such plugin, or its constructor threw.</exception>
    /// <exception cref="Settings.SettingsException">Its settings are wrong; carries every error.</exception>
    PluginInstance Create(PluginKind kind, string name);
}
