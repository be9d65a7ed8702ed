using System.Text.Json;
using Sluice.Api.Management.Events;

namespace Sluice.Api.Management.Exports;

/// <summary>Writes an event a line, as JSON.</summary>
internal sealed class NdjsonEventWriter(Stream output, JsonSerializerOptions json) : IEventWriter
{
    public async Task WriteAsync(IReadOnlyList<GetEventsItem> items, CancellationToken ct)
    {
        using var lines = new MemoryStream();
        foreach (var item in items)
        {
            JsonSerializer.Serialize(lines, item, json);
            lines.WriteByte((byte)'\n');
        }

        await output.WriteAsync(lines.GetBuffer().AsMemory(0, (int)lines.Length), ct);
    }

    public Task EndAsync(CancellationToken ct) => Task.CompletedTask;
}
