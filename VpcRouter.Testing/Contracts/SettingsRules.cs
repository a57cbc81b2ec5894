using System.Reflection;
using VpcRouter.Plugins;
using VpcRouter.Settings;
using VpcRouter.Testing.Running;

namespace VpcRouter.Testing.Contracts;

/// <summary>Checks how a plugin declares and validates its settings.</summary>
internal sealed class SettingsRules(PluginHarness plugin, Breaches breaches)
{
    public void CheckDeclarations()
    {
        if (plugin.Descriptor.SettingsType is not { } type)
            return;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPublic: true } && property.GetCustomAttribute<SettingAttribute>() is null))
            Misdeclared("[Setting] on every property that can be set", $"none on {type.Name}.{property.Name}");
        foreach (var setting in plugin.Descriptor.Settings)
            Check(setting);
    }

    public async Task CheckBadAsync(IEnumerable<(string Setting, string Value)> badSettings)
    {
        foreach (var (setting, value) in badSettings)
        {
            var expected = $"a {nameof(SettingsException)} that names --{SettingDescriptor.Canonical(setting)} when \"{value}\" is given";
            if (await WhyNotRefusedAsync(plugin.With(setting, value), SettingDescriptor.Canonical(setting)).ConfigureAwait(false) is { } seen)
                breaches.Add(ContractRule.SettingsValidated, expected, seen);
        }
    }

    private static async Task<string?> WhyNotRefusedAsync(PluginHarness bad, string setting)
    {
        var host = new PluginHost(bad);
        await using var closing = host.ConfigureAwait(false);
        try
        {
            await host.Make().Plugin.DisposeAsync().ConfigureAwait(false);
            return "the plugin took it";
        }
        catch (SettingsException e)
        {
            return e.Errors.Any(error => error.Setting == setting) ? null : $"only: {e.Message}";
        }
        catch (PluginException e)
        {
            return $"{nameof(PluginException)}: {e.Message}";
        }
    }

    private void Check(SettingDescriptor setting)
    {
        if (string.IsNullOrWhiteSpace(setting.Description))
            Misdeclared("a line of description for each setting", $"none for --{setting.Name}");
        foreach (var flag in setting.Flags.Where(HostFlags.All.Contains))
            Misdeclared("flags that the host doesn't have", $"{flag}, which is the host's; put the plugin's name before it, or leave a letter out");
    }

    private void Misdeclared(string expected, string seen) => breaches.Add(ContractRule.SettingsDeclared, expected, seen);
}
