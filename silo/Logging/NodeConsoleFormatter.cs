using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Sluice.Api.Settings;

namespace Sluice.Silo.Logging;

/// <summary>
/// Writes one line for each log entry: time, level, node, what it is about, the message, and the reason if there is an
/// exception. The stack of an error follows, indented. In JSON the exception is a field.
/// </summary>
internal sealed class NodeConsoleFormatter(IOptions<SluiceOptions> options, TimeProvider time)
    : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "sluice";

    private const string Runtime = "Orleans.";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private readonly string _node = options.Value.FilePrefix;
    private readonly bool _json = options.Value.Log == LogFormat.Json;

    public override void Write<TState>(
        in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter?.Invoke(logEntry.State, logEntry.Exception) ?? "";
        // A port in use ends the program, which says so in a sentence.
        if ((message.Length == 0 && logEntry.Exception is null)
            || logEntry.Exception is IOException { InnerException: AddressInUseException })
        {
            return;
        }

        var now = time.GetUtcNow().ToString(TimeFormat, CultureInfo.InvariantCulture);
        if (_json)
            textWriter.WriteLine(Json(logEntry, now, message));
        else
            WriteText(textWriter, logEntry, now, message);
    }

    private void WriteText<TState>(TextWriter writer, in LogEntry<TState> entry, string now, string message)
    {
        writer.Write($"{now} {LevelOf(entry.LogLevel),-5} {_node} {ShortNameOf(entry.Category)}: ");
        // A stack is for what nobody expected; of an expected failure one reads the reason. The runtime's errors are
        // those of calls to nodes that are away.
        if (entry.LogLevel >= LogLevel.Error && !entry.Category.StartsWith(Runtime, StringComparison.Ordinal))
        {
            writer.WriteLine(Indented(entry.Exception is { } exception ? $"{message}\n{exception}" : message));
            return;
        }

        writer.Write(FirstLineOf(message));
        if (entry.Exception is { } reason)
            writer.Write($" ({reason.GetType().Name}: {FirstLineOf(reason.Message)})");
        writer.WriteLine();
    }

    private string Json<TState>(in LogEntry<TState> entry, string now, string message)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", now);
            json.WriteString("level", LevelOf(entry.LogLevel));
            json.WriteString("node", _node);
            json.WriteString("category", entry.Category);
            json.WriteNumber("event", entry.EventId.Id);
            json.WriteString("message", message);
            if (entry.Exception is { } exception)
                json.WriteString("exception", exception.ToString());
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A text from outside can't begin a line that looks like an entry of its own.</summary>
    private static string Indented(string text) =>
        text.ReplaceLineEndings("\n").Replace("\n", $"{Environment.NewLine}    ", StringComparison.Ordinal);

    private static string FirstLineOf(string text)
    {
        using var lines = new StringReader(text);
        return lines.ReadLine() ?? "";
    }

    private static string ShortNameOf(string category) => category[(category.LastIndexOf('.') + 1)..];

    private static string LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        _ => "error",
    };
}
