using VpcRouter.Plugins.Loading;

namespace VpcRouter.Cli.Installing;

/// <summary>A plugin directory while it is changed: by one process at a time, which first clears up after one that was killed at it.</summary>
internal sealed class PluginDirectoryLock : IDisposable
{
    /// <summary>Stays, because a file that is deleted can't keep anybody out. Plugin folders don't begin with a dot.</summary>
    public const string FileName = ".lock";

    private const string Adding = ".adding-";
    private const string Removing = ".removing-";
    private const string Replaced = ".old";
    private readonly FileStream _file;

    private PluginDirectoryLock(FileStream file) => _file = file;

    /// <summary>Where what is being added is gathered.</summary>
    public static string NewStaging(string directory) => Path.Combine(directory, $"{Adding}{Guid.NewGuid():N}");

    /// <summary>Where what is being removed lies until it is deleted.</summary>
    public static string NewRubbish(string directory) => Path.Combine(directory, $"{Removing}{Guid.NewGuid():N}");

    /// <summary>Where, in a staging folder, the version lies that was moved out of the way; it has its own name there.</summary>
    public static string ReplacedIn(string staging) => Path.Combine(staging, Replaced);

    /// <summary>Locks a directory that is there.</summary>
    /// <exception cref="CommandFailedException">Somebody else has locked it.</exception>
    /// <exception cref="IOException">It can't be changed.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be changed.</exception>
    public static PluginDirectoryLock Take(string directory)
    {
        var taken = new PluginDirectoryLock(Open(directory));
        try
        {
            ClearUp(directory);
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>Deletes a folder of these; what can't be deleted now is left to the next one who takes the lock.</summary>
    public static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nobody looks into it, and what was asked for is done.
        }
    }

    public void Dispose() => _file.Dispose();

    // Opened for reading, because a member of the directory's group may lock what another has made.
    private static FileStream Open(string directory)
    {
        try
        {
            return new FileStream(Path.Combine(directory, FileName), FileMode.OpenOrCreate, FileAccess.Read, FileShare.None);
        }
        catch (IOException e) when (e.GetType() == typeof(IOException) && File.Exists(Path.Combine(directory, FileName)))
        {
            throw new CommandFailedException($"{directory} is being changed by another vpcrouter ({OneLine.Of(e).TrimEnd('.')}); try again when it has ended");
        }
    }

    private static void ClearUp(string directory)
    {
        foreach (var left in new[] { Adding, Removing }.SelectMany(prefix => Directory.GetDirectories(directory, prefix + "*")))
        {
            // It was killed between moving the old version away and moving the new one in.
            var replaced = ReplacedIn(left);
            foreach (var old in Directory.Exists(replaced) ? Directory.GetDirectories(replaced) : [])
            {
                if (PluginFolder.In(directory).All(folder => !folder.Name.Equals(Path.GetFileName(old), StringComparison.OrdinalIgnoreCase)))
                    Directory.Move(old, Path.Combine(directory, Path.GetFileName(old)));
            }

            Delete(left);
        }
    }
}
