using System.Text;
using VpcRouter.Settings;

namespace VpcRouter.AspNetCore.Security;

/// <summary>Reads the token from where it is kept and checks that it is one.</summary>
internal static class TokenText
{
    private const int Shortest = 16;
    private const int Longest = 1024;
    private const string Remedy = "make one with: openssl rand -hex 32";

    /// <summary>The token of the options.</summary>
    /// <exception cref="SettingsException">It is unfit.</exception>
    public static string Check(string token) =>
        Problem(token) is { } problem ? throw new SettingsException([new SettingError("token", null, $"(VPCROUTER_TOKEN) {problem}; {Remedy}")]) : token;

    /// <summary>The token in a file, and whether anybody on the machine may read it there.</summary>
    /// <exception cref="SettingsException">It can't be read, or is unfit.</exception>
    public static (string Token, bool IsForAllToRead) Read(string path)
    {
        try
        {
            // One handle for all questions: between two of them the file may be another.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var isForAll = !OperatingSystem.IsWindows() && File.GetUnixFileMode(file.SafeFileHandle).HasFlag(UnixFileMode.OtherRead);
            var content = new byte[Longest + 3];
            var length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            var token = Encoding.UTF8.GetString(content, 0, length).Trim();
            return Problem(token) is { } problem ? throw Unfit(path, $"{problem}; {Remedy}") : (token, isForAll);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw Unfit(path, $"can't be read: {e.Message.TrimEnd('.')}; give a file that holds the token and nothing else");
        }
    }

    // What can't be sent in a header would lock everybody out; what can be guessed would let everybody in.
    private static string? Problem(string token) => token switch
    {
        "" => "holds no token",
        { Length: < Shortest } => $"holds a token of {token.Length} characters; at least {Shortest} are asked for",
        { Length: > Longest } => $"holds more than {Longest} characters",
        _ => token.All(c => c is > ' ' and < '\x7f') ? null : "holds a token with blanks or characters that a header can't carry",
    };

    private static SettingsException Unfit(string path, string problem) => new([new SettingError("token-file", path, problem)]);
}
