//! Why nothing is sent by the Matrix SDK's own client, of which only the types are used.
//!
//! It reads an answer however long it is, and neither it nor the HTTP client that it can
//! be handed has a place where that could be stopped: this alone decides it, for what a
//! stranger's server answers may not fill the memory. A redirect that brings JSON along is
//! a good answer to it; how long a rate limit lasts is lost where it is not said in
//! Matrix's own words; and signing in by its builder is tried again in silence, whatever
//! it was told. That last could be had otherwise (`Client::send`), the first could not.
//! Whoever takes a newer SDK is told here when this has changed.

use matrix_sdk::Client;
use matrix_sdk::config::RequestConfig;
use reqwest::redirect::Policy;
use serde_json::json;
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

const VERSIONS: &str = "/_matrix/client/versions";
const LOGIN: &str = "/_matrix/client/v3/login";

/// The SDK's client, told to try nothing twice and to follow nothing, and the server that it has,
/// which answers these paths.
fn with_client<T>(
    answers: &[(&str, ResponseTemplate)],
    ask: impl AsyncFnOnce(&Client, &MockServer) -> T,
) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let server = MockServer::start().await;
        for (at, answer) in answers {
            Mock::given(path(*at)).respond_with(answer.clone()).mount(&server).await;
        }
        let once = RequestConfig::new().disable_retry();
        let http = reqwest::Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        let client = Client::builder().homeserver_url(server.uri()).request_config(once).http_client(http);
        let client = client.build().await.unwrap();
        ask(&client, &server).await
    })
}

#[test]
fn the_sdk_signs_in_again_in_silence() {
    let versions = ResponseTemplate::new(200).set_body_json(json!({ "versions": ["v1.11"] }));
    let broken = json!({ "errcode": "M_UNKNOWN", "error": "Internal server error" });
    let broken = ResponseTemplate::new(500).set_body_json(broken);
    let asked = with_client(&[(VERSIONS, versions), (LOGIN, broken)], async |client, server| {
        let signed_in = client.matrix_auth().login_username("ada", "secret").send().await;
        assert!(signed_in.is_err());
        let received = server.received_requests().await.unwrap();
        received.iter().filter(|request| request.url.path() == LOGIN).count()
    });
    assert!(asked > 1, "the SDK can be told to sign in once now");
}

#[test]
fn the_sdk_reads_however_long_an_answer_is() {
    // 32 times what the program itself takes of a homeserver's answer.
    let padding = "a".repeat(32 << 20);
    let versions =
        ResponseTemplate::new(200).set_body_json(json!({ "versions": ["v1.11"], "padding": padding }));
    let read = with_client(&[(VERSIONS, versions)], async |client, _| client.server_versions().await);
    assert!(read.is_ok(), "the SDK has come to refuse long answers: signing in could go by it now");
}

#[test]
fn the_sdk_takes_a_redirect_for_an_answer() {
    let elsewhere = ResponseTemplate::new(302)
        .insert_header("location", "http://127.0.0.1:1/")
        .set_body_json(json!({ "versions": ["v1.11"] }));
    let read = with_client(&[(VERSIONS, elsewhere)], async |client, _| client.server_versions().await);
    assert!(read.is_ok(), "the SDK tells a redirect from an answer now");
}
