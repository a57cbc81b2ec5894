using VpcRouter.Settings;

namespace VpcRouter.AspNetCore;

/// <summary>The settings that the overview page shows under <c>params</c>. Immutable and thread-safe.</summary>
/// <param name="values">Values by name, with underscores as in the original; they must be serialisable to JSON and hold no secret.</param>
public sealed class RouterParameters(IReadOnlyDictionary<string, object?> values)
{
    /// <summary>Values by name.</summary>
    public IReadOnlyDictionary<string, object?> Values { get; } = values;

    /// <summary>Gathers every setting that the classes of some objects declare; secrets are masked.</summary>
    /// <param name="settings">Objects whose properties carry <see cref="SettingAttribute"/>; where two declare one name, the later object wins.</param>
    public static RouterParameters Of(params IEnumerable<object> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var values = new Dictionary<string, object?>();
        foreach (var holder in settings)
        {
            foreach (var setting in SettingDescriptor.Of(holder.GetType()))
                values[setting.Name.Replace('-', '_')] = setting.Show(holder);
        }

        return new RouterParameters(values);
    }
}
