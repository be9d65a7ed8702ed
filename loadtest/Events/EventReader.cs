using System.Text;
using System.Text.Json;
using Sluice.LoadTest.Http;

namespace Sluice.LoadTest.Events;

/// <summary>Reads results from answers, looking only at the fields that decide them.</summary>
internal static class EventReader
{
    /// <summary>Reads the result of a single-event call: 200 and 201 mean that it was counted, now or before.</summary>
    public static EventAnswer ReadSingle(in HttpAnswer answer)
    {
        try
        {
            return answer.Status switch
            {
                200 or 201 => ReadAccepted(answer),
                429 => new EventAnswer(EventOutcome.Refused, answer.Status),
                0 or 503 => new EventAnswer(EventOutcome.Unanswered, answer.Status),
                _ => EventAnswer.FailedWith(answer.Status, answer.Body.Span),
            };
        }
        catch (JsonException)
        {
            return EventAnswer.FailedWith(answer.Status, answer.Body.Span);
        }
    }

    /// <summary>Reads the results of a batch, in the order of its events.</summary>
    /// <param name="answer">The answer to the batch.</param>
    /// <param name="outcomes">One element for each event of the batch.</param>
    public static void ReadBatch(in HttpAnswer answer, Span<EventAnswer> outcomes)
    {
        if (answer.Status != 200)
        {
            outcomes.Fill(answer.Status is 0 or 503
                ? new EventAnswer(EventOutcome.Unanswered, answer.Status)
                : EventAnswer.FailedWith(answer.Status, answer.Body.Span));
            return;
        }

        try
        {
            ReadResults(answer, outcomes);
        }
        catch (JsonException malformed)
        {
            outcomes.Fill(EventAnswer.FailedWith(answer.Status, Encoding.UTF8.GetBytes(malformed.Message)));
        }
    }

    /// <summary>Reads a top-level text of an answer; null if there is none.</summary>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    public static string? ReadText(in HttpAnswer answer, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(answer.Body.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(name);
            reader.Read();
            if (found && reader.TokenType == JsonTokenType.String)
                return reader.GetString();
            reader.Skip();
        }

        return null;
    }

    private static EventAnswer ReadAccepted(in HttpAnswer answer)
    {
        var reader = new Utf8JsonReader(answer.Body.Span);
        reader.Read();
        var result = ReadResult(ref reader);
        return result.Outcome is EventOutcome.Counted or EventOutcome.Duplicate
            ? result with { Status = answer.Status }
            : EventAnswer.FailedWith(answer.Status, answer.Body.Span);
    }

    private static void ReadResults(in HttpAnswer answer, Span<EventAnswer> outcomes)
    {
        var count = 0;
        var reader = new Utf8JsonReader(answer.Body.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isResults = reader.ValueTextEquals("results"u8);
            reader.Read();
            if (!isResults)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                if (count >= outcomes.Length)
                    throw new JsonException($"There are more results than the {outcomes.Length} events sent.");
                outcomes[count++] = ReadResult(ref reader);
            }
        }

        if (count != outcomes.Length)
            throw new JsonException($"There are {count} results for {outcomes.Length} events.");
    }

    /// <summary>Reads one object of the form {allowed, duplicate, problem?}, leaving the reader at its end.</summary>
    private static EventAnswer ReadResult(ref Utf8JsonReader reader)
    {
        var allowed = true;
        var duplicate = false;
        var problem = (Status: 0, Text: (string?)null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("allowed"u8))
            {
                reader.Read();
                allowed = reader.GetBoolean();
            }
            else if (reader.ValueTextEquals("duplicate"u8))
            {
                reader.Read();
                duplicate = reader.GetBoolean();
            }
            else if (reader.ValueTextEquals("problem"u8))
            {
                reader.Read();
                problem = ReadProblem(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return problem.Status switch
        {
            503 => new EventAnswer(EventOutcome.Unanswered, 503),
            0 or 429 when !allowed => new EventAnswer(EventOutcome.Refused, 429),
            0 when duplicate => new EventAnswer(EventOutcome.Duplicate, 200),
            0 => new EventAnswer(EventOutcome.Counted, 200),
            _ => new EventAnswer(EventOutcome.Failed, problem.Status, $"status {problem.Status}: {problem.Text}"),
        };
    }

    private static (int Status, string? Text) ReadProblem(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return (0, null);
        }

        using var problem = JsonDocument.ParseValue(ref reader);
        var status = problem.RootElement.TryGetProperty("status", out var value)
            && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : 0;
        return (status, problem.RootElement.GetRawText());
    }
}
