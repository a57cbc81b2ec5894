namespace VpcRouter.Plugins.Loading;

/// <summary>Versions as they are shown.</summary>
internal static class VersionText
{
    /// <summary>Of <c>1.2.3+5e1f…</c> what a person needs.</summary>
    public static string? WithoutRevision(string? informationalVersion) => informationalVersion?.Split('+')[0];

    /// <summary>An assembly's version; its fourth part is hardly ever used.</summary>
    public static string Of(Version? version) => version is null ? "of an unknown version" : version.Revision > 0 ? version.ToString() : version.ToString(3);
}
