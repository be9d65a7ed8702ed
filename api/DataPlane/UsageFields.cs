namespace Sluice.Api.DataPlane;

/// <summary>Fields of the data plane's bodies, and which of them a body may have.</summary>
[Flags]
internal enum UsageFields
{
    None = 0,
    Id = 1,
    Model = 2,
    Metrics = 4,
    At = 8,
    Mode = 16,
    Ack = 32,
    Member = 64,
    TtlSeconds = 128,
    Key = 256,
    KeyId = 512,

    /// <summary><c>POST /v1/usage</c> and its check.</summary>
    Usage = Id | Model | Metrics | At | Mode | Ack | Member,

    /// <summary>An item of <c>POST /v1/usage/batch</c>.</summary>
    BatchItem = Usage | Key | KeyId,

    /// <summary><c>POST /v1/reservations</c>.</summary>
    Reservation = Id | Model | Metrics | Member | TtlSeconds,

    /// <summary><c>POST /v1/reservations/{id}/commit</c>.</summary>
    Commit = Metrics | Model | Member | KeyId,

    /// <summary><c>PATCH /v1/reservations/{id}</c>.</summary>
    Prolongation = TtlSeconds | KeyId,

    /// <summary><c>data</c> of a CloudEvent.</summary>
    EventData = Model | Metrics | Member,
}
