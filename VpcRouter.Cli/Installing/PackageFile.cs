using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using VpcRouter.Cli.Settings;

namespace VpcRouter.Cli.Installing;

/// <summary>Reads what a <c>.nupkg</c> says of itself.</summary>
internal static partial class PackageFile
{
    private const int LongestManifest = 1024 * 1024;

    public static bool IsId(string text) => Id().IsMatch(text);

    /// <exception cref="UsageException">It is no package.</exception>
    public static PluginSupply Read(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            var entry = archive.Entries.FirstOrDefault(candidate => candidate.FullName.EndsWith(".nuspec", StringComparison.OrdinalIgnoreCase) && !candidate.FullName.Contains('/', StringComparison.Ordinal));
            if (entry is { Length: < LongestManifest })
            {
                using var reader = XmlReader.Create(entry.Open(), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, MaxCharactersInDocument = LongestManifest });
                var metadata = XDocument.Load(reader).Root?.Elements().FirstOrDefault(element => element.Name.LocalName == "metadata");
                var id = TextOf(metadata, "id");
                if (id is not null && IsId(id) && TextOf(metadata, "version") is { } version)
                    return new PluginSupply(PluginSupplyKind.Package, path, id, version.Split('+')[0]);
            }
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"\"{path}\" can't be read as a NuGet package: {e.Message}");
        }

        throw new UsageException($"\"{path}\" is not a NuGet package: it doesn't say what it is");
    }

    private static string? TextOf(XElement? metadata, string name) => metadata?.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value.Trim();

    [GeneratedRegex("^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$")]
    private static partial Regex Id();
}
