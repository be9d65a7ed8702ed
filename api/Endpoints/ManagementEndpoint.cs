using System.Text.Json;
using FastEndpoints;
using FluentValidation.Results;
using Sluice.Api.Problems;

namespace Sluice.Api.Endpoints;

/// <summary>
/// An endpoint of the management API. <c>Configure</c> names its route, group, permission and responses; its request,
/// response and validator stand beside it.
/// </summary>
/// <typeparam name="TRequest">
/// The body, or the query of a GET. Route values are read from the route: no field of a body can replace one.
/// </typeparam>
internal abstract class ManagementEndpoint<TRequest> : Endpoint<TRequest, ApiResult>
    where TRequest : notnull
{
    /// <summary>The caller, as authentication has identified it.</summary>
    protected Caller Caller => HttpContext.Features.Get<Caller>()
        ?? throw new InvalidOperationException("The endpoint is anonymous: it has no caller.");

    /// <summary>The tenant of the route, <c>{t}</c>.</summary>
    protected long TenantId => RouteId("t", IdText.Tenant);

    /// <summary>The project of the route, <c>{p}</c>.</summary>
    protected long ProjectId => RouteId("p", IdText.Project);

    /// <summary>The member of the route, <c>{m}</c>.</summary>
    protected long MemberId => RouteId("m", IdText.Member);

    /// <summary>The API key of the route, <c>{k}</c>.</summary>
    protected long KeyId => RouteId("k", IdText.Key);

    /// <summary>Returns an id of the route; 0, which no row has, if the text is not such an id.</summary>
    /// <param name="name">The route's parameter.</param>
    /// <param name="prefix">The letter with which ids of this kind begin.</param>
    protected long RouteId(string name, char prefix) => Ids.Read(prefix, RouteText(name));

    /// <summary>Returns a text of the route.</summary>
    protected string RouteText(string name) => HttpContext.Request.RouteValues[name] as string ?? "";

    /// <summary>Fails with what <see cref="AddErrorIf"/> has added, whether or not there is a validator.</summary>
    public override void OnAfterValidate(TRequest req) => ThrowIfAnyErrors();

    /// <summary>Answers 422 with all rules that the request breaks.</summary>
    public override async Task OnValidationFailedAsync(CancellationToken ct)
    {
        // The repeat of a request that was done has been answered by then.
        if (ResponseStarted)
            return;
        var broken = ValidationFailures.Select(static f => new FieldError(FieldOf(f), f.ErrorCode, f.ErrorMessage));
        await Problem.Of(new Error.RulesBroken([.. broken])).ExecuteAsync(HttpContext);
        HttpContext.MarkResponseStart();
    }

    /// <summary>
    /// Prepares a change and begins its transaction, then checks its condition. What that is about is read in the
    /// transaction, under the lock that this holds until it ends: of two editors with the same tag, the second one sees
    /// what the first one has done.
    /// </summary>
    public override async Task OnBeforeHandleAsync(TRequest req, CancellationToken ct)
    {
        if (IsChange && await BeginAsync(req, ct) is { } early)
        {
            await early.ExecuteAsync(HttpContext);
            HttpContext.MarkResponseStart();
            return;
        }

        if (!Precondition.IsIn(HttpContext.Request)
            || HttpContext.GetEndpoint()?.Metadata.GetMetadata<IfMatchMetadata>() is null)
            return;
        var error = Precondition.Read(HttpContext.Request, out var tags)
            ?? Precondition.Check(HttpContext, tags, await LockAsync(req, ct));
        if (error is null)
            return;
        await ChangeStart.EndAsync(HttpContext);
        await ApiResult.Failure(error).ExecuteAsync(HttpContext);
        HttpContext.MarkResponseStart();
    }

    /// <summary>
    /// Does what a change may have to wait for, such as a turn or a hash, before its transaction holds a connection.
    /// </summary>
    /// <returns>Why the change is refused; null if it is not.</returns>
    protected virtual Task<Error?> PrepareAsync(TRequest request, CancellationToken ct) =>
        Task.FromResult<Error?>(null);

    /// <summary>
    /// Returns what is to be changed as GET answers it, and locks it until the transaction ends.
    /// </summary>
    protected virtual Task<ApiResult> LockAsync(TRequest request, CancellationToken ct) =>
        throw new NotSupportedException("A change that takes If-Match must say what it changes.");

    /// <summary>
    /// Adds a rule that depends on the clock or the settings, before validation: validators have neither.
    /// </summary>
    protected void AddErrorIf(bool isBroken, string field, string code, string message)
    {
        if (isBroken)
            AddError(new Violation(code, message).AsFailureOf(field));
    }

    /// <summary>Checks that the expiry of a key or token, if it has one, is in the future.</summary>
    protected void CheckExpiry(DateTimeOffset? expiresAt, DateTimeOffset now) => AddErrorIf(
        expiresAt <= now, "expiresAt", "in-the-past", "Must be in the future; to end a key now, delete it.");

    /// <summary>Sets the permission that callers need.</summary>
    protected void Requires(Permission permission) => Definition.Metadata(new PermissionRequirement(permission));

    /// <summary>
    /// Makes this a change: one transaction, repeatable by <c>Idempotency-Key</c>, answered when it is in force.
    /// </summary>
    protected void Transactional()
    {
        DontAutoSendResponse();
        DontExecuteHandlerIfResponseStarted();
        Definition.PreProcessors(Order.Before, IdempotencyPreProcessor.Instance);
        Definition.PostProcessors(Order.After, CommitPostProcessor.Instance);
        Definition.Metadata(ActionMetadata.Instance);
        Description(static route => route
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType));
    }

    /// <summary>Answers the resource with its <c>ETag</c>, and 304 to callers who have it.</summary>
    protected void Tagged()
    {
        Definition.Metadata(EntityTagMetadata.Instance);
        Description(static route => route.Produces(StatusCodes.Status304NotModified));
    }

    /// <summary>
    /// Makes this change only what is as <c>If-Match</c> says, where that is sent. Needs <see cref="LockAsync"/>.
    /// </summary>
    protected void Guarded()
    {
        Definition.Metadata(IfMatchMetadata.Instance);
        Description(static route => route.ProducesProblem(StatusCodes.Status412PreconditionFailed));
    }

    /// <summary>Makes this a report, which reads much: it takes a place of its tenant's.</summary>
    protected void Report() => Placed(PlaceLimiter.Reports);

    /// <summary>Makes this take one of the places that its tenant has for it.</summary>
    protected void Placed(PlaceLimiter places) => Description(route => route
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .RequireRateLimiting(places.Name));

    /// <summary>Documents that a tenant, or a member, can have only so many of what this creates.</summary>
    protected void Bounded() =>
        Description(static route => route.ProducesProblem(StatusCodes.Status429TooManyRequests));

    /// <summary>Allows requests without a body, which then count as <c>{}</c>.</summary>
    protected void OptionalBody() => Definition.Metadata(OptionalBodyMetadata.Instance);

    /// <summary>Sets the sentence in the API's documentation.</summary>
    protected void Describe(string summary) => Description(route => route.WithSummary(summary));

    /// <summary>Documents the body of a successful response.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="contentType">JSON, if it is left out.</param>
    /// <param name="others">Further types of the same content.</param>
    protected void Returns<TResponse>(
        int status = StatusCodes.Status200OK, string? contentType = null, params string[] others) =>
        Description(route => route.Produces<TResponse>(status, contentType, others));

    /// <summary>Documents a successful response without a body.</summary>
    protected void Returns(int status) => Description(route => route.Produces(status));

    private bool IsChange => HttpContext.GetEndpoint()?.Metadata.GetMetadata<ActionMetadata>() is not null;

    /// <summary>Returns the response of a change that must not be handled; null if it must.</summary>
    private async Task<IResult?> BeginAsync(TRequest request, CancellationToken ct)
    {
        if (await PrepareAsync(request, ct) is not { } error)
            return await ChangeStart.BeginAsync(HttpContext, ct);
        // The same request, sent twice at once, may have been done meanwhile; then the rules no longer hold for it.
        return await ChangeStart.FindAsync(HttpContext, ct) ?? ApiResult.Failure(error);
    }

    /// <summary>The library writes names of nested fields as in code.</summary>
    private static string FieldOf(ValidationFailure failure) => string.Join(
        '.', failure.PropertyName.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}

/// <summary>An endpoint of the management API that takes nothing but its route.</summary>
internal abstract class ManagementEndpoint : ManagementEndpoint<EmptyRequest>
{
    public sealed override Task<ApiResult> ExecuteAsync(EmptyRequest req, CancellationToken ct) => ExecuteAsync(ct);

    /// <summary>Handles a request.</summary>
    protected abstract Task<ApiResult> ExecuteAsync(CancellationToken ct);
}
