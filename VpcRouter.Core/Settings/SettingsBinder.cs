using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace VpcRouter.Settings;

/// <summary>Turns raw texts (from flags, environment variables or a file) into a validated settings object. Thread-safe.</summary>
public static class SettingsBinder
{
    private static readonly MethodInfo ParseMethod = typeof(SettingsBinder).GetMethod(nameof(ParseAs), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Makes a settings object; what isn't given keeps its default.</summary>
    /// <param name="settingsType">A class whose properties carry <see cref="SettingAttribute"/>.</param>
    /// <param name="values">Raw texts by setting name, in either spelling. Names that the class doesn't declare are passed over.</param>
    /// <param name="errors">Gets every error: texts that can't be read, and what the DataAnnotations refuse.</param>
    public static object Bind(Type settingsType, IReadOnlyDictionary<string, string> values, ICollection<SettingError> errors)
    {
        ArgumentNullException.ThrowIfNull(settingsType);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(errors);
        var settings = Activator.CreateInstance(settingsType)!;
        var raw = values.ToLookup(pair => SettingDescriptor.Canonical(pair.Key), pair => pair.Value);
        var unreadable = new HashSet<string>();
        foreach (var setting in SettingDescriptor.Of(settingsType))
        {
            if (raw[setting.Name].LastOrDefault() is not { } text)
                continue;
            try
            {
                setting.Property.SetValue(settings, Parse(text, setting.ValueType));
            }
            catch (FormatException e)
            {
                unreadable.Add(setting.Name);
                errors.Add(Unusable(setting, text, e.Message));
            }
            catch (TargetInvocationException e)
            {
                // The property's own code, or that of its type, says no in its own way.
                unreadable.Add(setting.Name);
                errors.Add(Unusable(setting, text, $"is refused: {e.InnerException!.Message.ReplaceLineEndings(" ")}"));
            }
        }

        foreach (var error in Validate(settings).Where(error => !unreadable.Contains(error.Setting)))
            errors.Add(error with { Value = error.Value is null ? null : raw[error.Setting].LastOrDefault() is { } text && error.Value != "***" ? text : error.Value });
        return settings;
    }

    /// <summary>Checks a settings object against its DataAnnotations.</summary>
    /// <param name="settings">The object to check.</param>
    /// <returns>Every error; empty when all is well.</returns>
    public static IReadOnlyList<SettingError> Validate(object settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(settings, new ValidationContext(settings), results, validateAllProperties: true);
        var byProperty = SettingDescriptor.Of(settings.GetType()).ToDictionary(setting => setting.Property.Name);
        return [.. results.Select(result => ToError(result, settings, byProperty))];
    }

    /// <summary>Whether texts can be turned into values of a type.</summary>
    internal static bool CanParse(Type type) => type == typeof(string) || type == typeof(bool) || type == typeof(TimeSpan) || type.IsEnum || IsParsable(type);

    private static SettingError ToError(ValidationResult result, object settings, Dictionary<string, SettingDescriptor> byProperty)
    {
        var problem = result.ErrorMessage ?? "is not valid";
        return byProperty.GetValueOrDefault(result.MemberNames.FirstOrDefault() ?? "") is { } setting
            ? new SettingError(setting.Name, Convert.ToString(setting.Show(settings), CultureInfo.InvariantCulture) is { Length: > 0 } shown ? shown : null, problem)
            : new SettingError(settings.GetType().Name, null, problem);
    }

    // What a type of the plugin's own says may repeat the text.
    private static SettingError Unusable(SettingDescriptor setting, string text, string problem) => setting.Secret
        ? new SettingError(setting.Name, "***", text.Length == 0 ? problem : problem.Replace(text, "***", StringComparison.Ordinal))
        : new SettingError(setting.Name, text, problem);

    private static object Parse(string text, Type type)
    {
        if (type == typeof(string))
            return text;
        if (type == typeof(bool))
            return bool.TryParse(text, out var flag) ? flag : throw new FormatException("is neither true nor false");
        if (type == typeof(int))
            return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException("is not a whole number");
        if (type == typeof(double))
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) ? real : throw new FormatException("is not a number");
        if (type == typeof(TimeSpan))
            return Duration.TryParse(text, out var duration) ? duration : throw new FormatException("is not a duration; give seconds (2, 0.5) or a number with a unit (500ms, 2s, 5m, 1h)");
        if (type.IsEnum)
            return ParseEnum(text, type);
        return ParseParsable(text, type);
    }

    // By name only: the framework's reader also takes numbers and lists of names, which nobody means here.
    private static object ParseEnum(string text, Type type) =>
        Array.Find(Enum.GetNames(type), name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known
            ? Enum.Parse(type, known)
            : throw new FormatException($"is not one of {string.Join(", ", Enum.GetNames(type)).ToLowerInvariant()}");

    private static object ParseParsable(string text, Type type)
    {
        if (!IsParsable(type))
            throw new NotSupportedException($"A setting can't be of type {type}: it is not IParsable.");
        try
        {
            return ParseMethod.MakeGenericMethod(type).Invoke(null, [text])!;
        }
        catch (TargetInvocationException e) when (e.InnerException is FormatException or OverflowException)
        {
            // The framework's types say "The input string was not in a correct format", which mends nothing.
            throw type.Namespace?.StartsWith(nameof(System), StringComparison.Ordinal) == true
                ? new FormatException($"is not a valid {type.Name}")
                : new FormatException(e.InnerException.Message, e.InnerException);
        }
    }

    private static bool IsParsable(Type type) => Array.Exists(type.GetInterfaces(), candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(IParsable<>));

    // Through the interface, because a type may implement it explicitly, as IPAddress does.
    private static T ParseAs<T>(string text)
        where T : IParsable<T> => T.Parse(text, CultureInfo.InvariantCulture);
}
